import { StorageUnavailable } from '../errors.ts'
import type { PostgresDatabase, Query } from './database.ts'
import { PostgresDraft, type SandboxHead } from './draft.ts'
import { COLUMNS, INSERT_USER, rowOf, valuesOf, type StoredUser } from './rows.ts'
import { usageOf } from '../snapshot.ts'
import type { Draft, SandboxStore, Snapshot, Usage, UserRow } from '../storage.ts'

/** The database's clock may be behind: a sandbox in use must not look unused because of that. */
export const USED_NOW = `greatest(now(), (SELECT to_timestamp(at / 1000.0) FROM lived))`

/** One sandbox, as rows of the database. */
export class PostgresSandbox implements SandboxStore {
  readonly id: string
  readonly #database: PostgresDatabase
  readonly #seeded: Snapshot

  constructor(id: string, database: PostgresDatabase, seeded: Snapshot) {
    this.id = id
    this.#database = database
    this.#seeded = seeded
  }

  /** One statement, so that all rows are of the same moment. */
  async read(): Promise<Snapshot> {
    const sql = `SELECT s.next_id, s.revision, ${COLUMNS.replace(/\w+/g, 'u.$&')}
      FROM sandboxes s LEFT JOIN users u ON u.sandbox_id = s.id WHERE s.id = $1 ORDER BY u.id`
    type Joined = { next_id: number; revision: number } & (StoredUser | { id: null })
    const rows = await this.#database.query<Joined>(sql, [this.id])
    const [first] = rows
    if (first === undefined) throw gone()
    const users = rows.flatMap((row) => (row.id === null ? [] : [rowOf(row)]))
    return Object.freeze({ users: Object.freeze(users), nextId: first.next_id, revision: first.revision })
  }

  transact<Result>(change: (draft: Draft) => Promise<Result>): Promise<Result> {
    return this.#database.transaction(async (query) => {
      const draft = new PostgresDraft(this.id, query, await this.#lock(query))
      const result = await change(draft)
      const { next_id, users, bytes } = draft.head
      if (draft.touched) {
        await query(
          `UPDATE sandboxes SET next_id = $2, users = $3, bytes = $4, revision = revision + 1, used_at = ${USED_NOW}
            WHERE id = $1`,
          [this.id, next_id, users, bytes],
        )
      }
      return result
    })
  }

  reset(): Promise<void> {
    return this.#database.transaction(async (query) => {
      await this.#lock(query)
      await put(query, this.id, this.#seeded)
    })
  }

  async usage(): Promise<Usage> {
    const sql = 'SELECT users, bytes FROM sandboxes WHERE id = $1'
    const [usage] = await this.#database.query<Usage>(sql, [this.id])
    if (usage === undefined) throw gone()
    return { users: usage.users, bytes: usage.bytes }
  }

  /** All other writers to this sandbox wait here, on any instance. */
  async #lock(query: Query): Promise<SandboxHead> {
    const sql = 'SELECT next_id, users, bytes FROM sandboxes WHERE id = $1 FOR UPDATE'
    const [head] = await query<SandboxHead>(sql, [this.id])
    if (head === undefined) throw gone()
    return head
  }
}

/** Replaces the contents of the sandbox. */
export async function put(query: Query, id: string, snapshot: Snapshot): Promise<void> {
  if (await putNew(query, id, snapshot)) return
  const { nextId, revision, users } = snapshot
  await query('DELETE FROM users WHERE sandbox_id = $1', [id])
  await query(
    `UPDATE sandboxes SET next_id = $2, revision = $3, users = $4, bytes = $5, used_at = ${USED_NOW} WHERE id = $1`,
    [id, nextId, revision, users.length, usageOf(snapshot).bytes],
  )
  await insertUsers(query, id, users)
}

/** @returns false when the sandbox already exists; it is left unchanged */
export async function putNew(query: Query, id: string, snapshot: Snapshot): Promise<boolean> {
  const { nextId, revision, users } = snapshot
  const made = await query(
    `INSERT INTO sandboxes (id, next_id, revision, users, bytes, used_at) VALUES ($1, $2, $3, $4, $5, ${USED_NOW})
      ON CONFLICT (id) DO NOTHING RETURNING id`,
    [id, nextId, revision, users.length, usageOf(snapshot).bytes],
  )
  if (made.length > 0) await insertUsers(query, id, users)
  return made.length > 0
}

async function insertUsers(query: Query, id: string, users: readonly UserRow[]): Promise<void> {
  for (const row of users) await query(INSERT_USER, [id, ...valuesOf(row)])
}

function gone(): StorageUnavailable {
  return new StorageUnavailable('This sandbox was removed because it had not been used for a long time')
}
