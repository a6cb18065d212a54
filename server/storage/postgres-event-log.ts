import pg from 'pg'
import { StreamMoved } from './errors.ts'
import { STREAM_NAME, type EventLog, type Json, type NumberedEvent, type StreamHead } from './event-log.ts'
import type { PostgresDatabase, Query } from './postgres-database.ts'
import { StreamHints } from './stream-hints.ts'
import { Watchers } from './watchers.ts'

/** Streams as a table of numbered events. What instances tell one another is a hint; the numbers are the truth. */
export class PostgresEventLog implements EventLog {
  readonly #database: PostgresDatabase
  readonly #watchers = new Watchers()
  readonly #hints: StreamHints

  constructor(database: PostgresDatabase, url: string) {
    this.#database = database
    this.#hints = new StreamHints(url, database, this.#watchers)
  }

  async append(stream: string, expected: number, data: readonly Json[]): Promise<number> {
    checkName(stream)
    const newest = await this.#database.transaction(async (query) => {
      const [head] = await query<{ newest: number | null }>(
        'SELECT max(number) AS newest FROM events WHERE stream = $1',
        [stream],
      )
      if ((head?.newest ?? 0) !== expected) throw new StreamMoved(stream)
      await insert(
        query,
        stream,
        data.map((each, index) => ({ number: expected + index + 1, data: each })),
      )
      return expected + data.length
    })
    if (data.length > 0) this.#hints.tell(stream)
    return newest
  }

  async read(stream: string, after: number): Promise<NumberedEvent[]> {
    const sql = 'SELECT number, at, data FROM events WHERE stream = $1 AND number > $2 ORDER BY number'
    type Stored = { number: number; at: Date; data: string }
    const rows = await this.#database.query<Stored>(sql, [stream, after])
    return rows.map(({ number, at, data }) => ({
      number,
      at: at.toISOString(),
      data: JSON.parse(data) as Json,
    }))
  }

  watch(stream: string, listener: () => void): () => void {
    this.#hints.listen()
    return this.#watchers.add(stream, listener)
  }

  async remove(stream: string): Promise<void> {
    await this.#database.query('DELETE FROM events WHERE stream = $1', [stream])
    this.#hints.tell(stream)
  }

  async heads(prefix: string): Promise<StreamHead[]> {
    const sql = `SELECT stream, max(at) AS at FROM events WHERE substr(stream, 1, $2) = $1 GROUP BY stream`
    const rows = await this.#database.query<{ stream: string; at: Date }>(sql, [prefix, prefix.length])
    return rows.map(({ stream, at }) => ({ stream, at: at.getTime() }))
  }

  async restore(stream: string, events: readonly NumberedEvent[]): Promise<void> {
    checkName(stream)
    await this.#database.transaction((query) => insert(query, stream, events))
    this.#hints.tell(stream)
  }

  close(): Promise<void> {
    return this.#hints.close()
  }
}

/** @throws {StreamMoved} when one of the numbers is taken */
async function insert(
  query: Query,
  stream: string,
  events: readonly { number: number; at?: string; data: Json }[],
): Promise<void> {
  for (const { number, at = null, data } of events) {
    try {
      await query(
        'INSERT INTO events (stream, number, at, data) VALUES ($1, $2, coalesce($3::timestamptz, now()), $4)',
        [stream, number, at, JSON.stringify(data)],
      )
    } catch (error) {
      const { cause } = error as Error
      if (cause instanceof pg.DatabaseError && cause.code === '23505') throw new StreamMoved(stream)
      throw error
    }
  }
}

function checkName(stream: string): void {
  if (!STREAM_NAME.test(stream)) throw new Error('A stream is named by letters, digits and hyphens')
}
