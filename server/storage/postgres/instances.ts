import { randomUUID } from 'node:crypto'
import type { PostgresDatabase } from './database.ts'
import type { Instances } from '../storage.ts'

/** Without a heartbeat for this long, an instance counts as gone. */
const SILENCE_SECONDS = 6

/** The processes that serve one database, each with a row that it touches every two seconds. */
export class PostgresInstances implements Instances {
  readonly me: string = randomUUID()
  readonly #database: PostgresDatabase

  constructor(database: PostgresDatabase) {
    this.#database = database
  }

  async alive(): Promise<ReadonlySet<string>> {
    const sql = `SELECT id FROM instances WHERE seen_at > now() - $1 * interval '1 second'`
    const rows = await this.#database.query<{ id: string }>(sql, [SILENCE_SECONDS])
    return new Set([this.me, ...rows.map(({ id }) => id)])
  }

  async heartbeat(): Promise<void> {
    await this.#database.query(
      `INSERT INTO instances (id, seen_at) VALUES ($1, now()) ON CONFLICT (id) DO UPDATE SET seen_at = now()`,
      [this.me],
    )
  }

  /** Removes this instance, and those that have been silent for an hour. */
  async leave(): Promise<void> {
    await this.#database.query(`DELETE FROM instances WHERE id = $1 OR seen_at < now() - interval '1 hour'`, [
      this.me,
    ])
  }
}
