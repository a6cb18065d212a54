import { userRow } from '../rows.ts'
import type { UserRow } from '../storage.ts'

/** A row of the table `users` as the driver returns it. */
export interface StoredUser {
  id: number
  name: string
  email: string
  age: number | null
  bio: string | null
  created_at: string
  hashed_password: string
}

export const COLUMNS = 'id, name, email, age, bio, created_at, hashed_password'

/** Its parameters: the sandbox's id, then `valuesOf` the row. */
export const INSERT_USER = `INSERT INTO users (sandbox_id, ${COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`

/** What is stored for a row, in the order of `COLUMNS`. */
export function valuesOf(row: UserRow): unknown[] {
  const { id, name, email, age, bio, created_at, hashed_password } = row
  return [id, escaped(name), email, age, bio === null ? null : escaped(bio), created_at, hashed_password]
}

export function rowOf(stored: StoredUser): UserRow {
  const { id, name, email, age, bio, created_at, hashed_password } = stored
  return userRow(id, {
    name: unescaped(name),
    email,
    age,
    bio: bio === null ? null : unescaped(bio),
    created_at,
    hashed_password,
  })
}

/** PostgreSQL's `text` can hold every character except U+0000, which a name may contain. */
function escaped(text: string): string {
  return text.replace(/[\\\0]/g, (character) => (character === '\0' ? '\\0' : '\\\\'))
}

function unescaped(text: string): string {
  return text.replace(/\\([\\0])/g, (_, character) => (character === '0' ? '\0' : '\\'))
}
