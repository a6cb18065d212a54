import pg from 'pg'
import { RowGone, UniqueViolation } from '../errors.ts'
import type { Query } from './database.ts'
import { COLUMNS, INSERT_USER, rowOf, valuesOf, type StoredUser } from './rows.ts'
import { bytesOf, checkQuota } from '../quota.ts'
import type { Draft, NewUserRow, UserRow } from '../storage.ts'
import { userRow } from '../rows.ts'

/** A sandbox's own row, locked for one transaction. */
export interface SandboxHead {
  next_id: number
  users: number
  bytes: number
}

/** The changes of one transaction, each sent immediately. The lock on the sandbox's row keeps other writers out. */
export class PostgresDraft implements Draft {
  readonly #sandbox: string
  readonly #query: Query
  readonly head: SandboxHead
  touched = false

  constructor(sandbox: string, query: Query, head: SandboxHead) {
    this.#sandbox = sandbox
    this.#query = query
    this.head = { ...head }
  }

  async insertUser(values: NewUserRow): Promise<UserRow> {
    const row = userRow(this.head.next_id, values)
    this.#count(1, bytesOf(row))
    await this.#change(INSERT_USER, [this.#sandbox, ...valuesOf(row)])
    this.head.next_id += 1
    return row
  }

  async updateUser(id: number, values: Partial<NewUserRow>): Promise<UserRow> {
    const before = await this.#find(id)
    const row = userRow(id, { ...before, ...values })
    this.#count(0, bytesOf(row) - bytesOf(before))
    const sql = `UPDATE users SET name = $3, email = $4, age = $5, bio = $6, created_at = $7, hashed_password = $8
      WHERE sandbox_id = $1 AND id = $2`
    await this.#change(sql, [this.#sandbox, ...valuesOf(row)])
    return row
  }

  async deleteUser(id: number): Promise<void> {
    const row = await this.#find(id)
    this.#count(-1, -bytesOf(row))
    await this.#change('DELETE FROM users WHERE sandbox_id = $1 AND id = $2', [this.#sandbox, id])
  }

  async #find(id: number): Promise<UserRow> {
    const sql = `SELECT ${COLUMNS} FROM users WHERE sandbox_id = $1 AND id = $2`
    const [stored] = await this.#query<StoredUser>(sql, [this.#sandbox, id])
    if (stored === undefined) throw new RowGone('users', id)
    return rowOf(stored)
  }

  #count(users: number, bytes: number): void {
    const after = { users: this.head.users + users, bytes: this.head.bytes + bytes }
    if (bytes > 0) checkQuota(after)
    Object.assign(this.head, after)
  }

  async #change(sql: string, values: readonly unknown[]): Promise<void> {
    this.touched = true
    try {
      await this.#query(sql, values)
    } catch (error) {
      const { cause } = error as Error
      if (cause instanceof pg.DatabaseError && cause.constraint === 'users_email_key') {
        throw new UniqueViolation('users', 'email')
      }
      throw error
    }
  }
}
