import { HIDDEN, type Row } from '#contract/trace.ts'
import type { NewUserRow, UserRow } from './storage.ts'

/** A row with its columns in a fixed order, which checksums depend on. */
export function userRow(
  id: number,
  { name, email, age, bio, created_at, hashed_password }: NewUserRow,
): UserRow {
  return Object.freeze({ id, name, email, age, bio, created_at, hashed_password })
}

/** The columns of `users`, in display order. */
export const USER_COLUMNS: readonly (keyof UserRow)[] = [
  'id',
  'name',
  'email',
  'age',
  'bio',
  'created_at',
  'hashed_password',
]

/** A row as a learner may see it: everything but the password hash. */
export function visibleRow(row: UserRow): Row {
  return { ...row, hashed_password: HIDDEN }
}
