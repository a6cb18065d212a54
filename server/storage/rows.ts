import type { NewUserRow, UserRow } from './storage.ts'

/** A row with its columns in one order, which checksums depend on. */
export function userRow(
  id: number,
  { name, email, age, bio, created_at, hashed_password }: NewUserRow,
): UserRow {
  return Object.freeze({ id, name, email, age, bio, created_at, hashed_password })
}
