import pg from 'pg'
import { StreamMoved } from '../errors.ts'
import { STREAM_NAME, type EventLog, type Json, type NumberedEvent, type StreamHead } from '../event-log.ts'
import type { PostgresDatabase, Query } from './database.ts'
import { StreamHints } from './stream-hints.ts'
import { Watchers, type Watcher } from '../watchers.ts'

/** Streams as a table of numbered events. Messages between instances are only hints; the numbers are authoritative. */
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
    const newest = expected + data.length
    // In a transaction, although it is one statement: a dead connection then shows at BEGIN, before anything can be in doubt.
    const added = await this.#database
      .transaction((query) => query(...insertion(stream, expected, data)))
      .catch((error: unknown) => {
        throw isTaken(error) ? new StreamMoved(stream) : error
      })
    if (added.length < Math.max(1, data.length)) throw new StreamMoved(stream)
    if (data.length > 0) this.#hints.announce(stream, newest)
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

  watch(stream: string, listener: Watcher): () => void {
    this.#hints.listen()
    return this.#watchers.add(stream, listener)
  }

  async erase(stream: string, numbers: readonly number[]): Promise<void> {
    const sql = `UPDATE events SET data = 'null' WHERE stream = $1 AND number = ANY($2)`
    await this.#database.query(sql, [stream, numbers])
  }

  async remove(stream: string): Promise<void> {
    // An append in flight may have added rows that the previous statement did not see yet.
    const sql = 'DELETE FROM events WHERE stream = $1 RETURNING 1'
    while ((await this.#database.query(sql, [stream])).length > 0);
    this.#hints.announce(stream)
  }

  async heads(prefix: string): Promise<StreamHead[]> {
    const sql = `SELECT stream, max(at) AS at FROM events WHERE substr(stream, 1, $2) = $1 GROUP BY stream`
    const rows = await this.#database.query<{ stream: string; at: Date }>(sql, [prefix, prefix.length])
    return rows.map(({ stream, at }) => ({ stream, at: at.getTime() }))
  }

  async restore(stream: string, events: readonly NumberedEvent[]): Promise<void> {
    checkName(stream)
    await this.#database.transaction((query) => restore(query, stream, events))
    this.#hints.announce(stream)
  }

  close(): Promise<void> {
    return this.#hints.close()
  }
}

/**
 * Adds rows, or none when the stream's newest number differs. Appending nothing only compares the number.
 * The newest row is locked until the new ones are committed: a removal at the same moment waits for them, or they for it.
 */
function insertion(stream: string, expected: number, data: readonly Json[]): [string, unknown[]] {
  const isCurrent = '(SELECT coalesce(max(number), 0) FROM events WHERE stream = $1) = $2'
  if (data.length === 0) return [`SELECT 1 AS matches WHERE ${isCurrent}`, [stream, expected]]
  const rows = data.map((_each, index) => `($${index + 3}, ${expected + index + 1})`)
  const newest = 'SELECT 1 FROM events WHERE stream = $1 AND number = $2 FOR KEY SHARE'
  return [
    `INSERT INTO events (stream, number, at, data)
     SELECT $1, fresh.number, now(), fresh.data FROM (VALUES ${rows.join(', ')}) AS fresh (data, number)
     ${expected > 0 ? `CROSS JOIN (${newest}) AS newest` : ''}
     WHERE ${isCurrent} RETURNING number`,
    [stream, expected, ...data.map((each) => JSON.stringify(each))],
  ]
}

/** @throws {StreamMoved} when one of the numbers is taken */
async function restore(query: Query, stream: string, events: readonly NumberedEvent[]): Promise<void> {
  for (const { number, at, data } of events) {
    try {
      await query('INSERT INTO events (stream, number, at, data) VALUES ($1, $2, $3::timestamptz, $4)', [
        stream,
        number,
        at,
        JSON.stringify(data),
      ])
    } catch (error) {
      throw isTaken(error) ? new StreamMoved(stream) : error
    }
  }
}

/** Another instance has appended an event with the same number. Within a transaction the driver's error is wrapped. */
function isTaken(error: unknown): boolean {
  const refusal = error instanceof pg.DatabaseError ? error : (error as Error).cause
  return refusal instanceof pg.DatabaseError && refusal.code === '23505'
}

function checkName(stream: string): void {
  if (!STREAM_NAME.test(stream))
    throw new Error('The name of a stream consists of letters, digits and hyphens')
}
