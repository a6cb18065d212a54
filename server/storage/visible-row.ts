import { HIDDEN, type Row } from '#contract/trace.ts'
import type { UserRow } from './storage.ts'

/** The columns of `users`, in the order in which they are shown. */
export const USER_COLUMNS: readonly (keyof UserRow)[] = [
  'id',
  'name',
  'email',
  'age',
  'bio',
  'created_at',
  'hashed_password',
]

/** A row as a learner may see it: everything but the password's hash. */
export function visibleRow(row: UserRow): Row {
  return { ...row, hashed_password: HIDDEN }
}
