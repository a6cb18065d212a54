import pg from 'pg'
import type { PostgresDatabase } from './database.ts'
import type { Watchers } from '../watchers.ts'

const CHANNEL = 'viva_events'
/** How often the numbers of all watched streams are read: a hint may be lost with its connection. */
const POLL_INTERVAL_MS = 1_000
/** When many streams move at once, one NOTIFY names several; PostgreSQL's payloads end at 8,000 bytes. */
const MAX_STREAMS_PER_NOTIFY = 80

/**
 * Tells the instances that share a database which streams have moved: by NOTIFY where the database has it, and by reading
 * the numbers once a second in any case.
 */
export class StreamHints {
  readonly #url: string
  readonly #database: PostgresDatabase
  readonly #watchers: Watchers
  /** The newest number of each stream that is still to be announced; undefined for a removed one. */
  readonly #pending = new Map<string, number | undefined>()
  readonly #newest = new Map<string, number>()
  #sending: Promise<void> | undefined
  #listener: pg.Client | undefined
  #poller: NodeJS.Timeout | undefined
  #closed = false

  constructor(url: string, database: PostgresDatabase, watchers: Watchers) {
    this.#url = url
    this.#database = database
    this.#watchers = watchers
  }

  /** Tells all instances that a stream has moved, this one immediately. */
  announce(stream: string, newest?: number): void {
    this.#watchers.notify(stream, newest)
    this.#pending.set(stream, newest)
    this.#sending ??= this.#sendPending()
  }

  /** Starts to follow what other instances append. */
  listen(): void {
    if (this.#poller !== undefined || this.#closed) return
    this.#poller = setInterval(() => void this.#poll(), POLL_INTERVAL_MS)
    this.#poller.unref()
    void this.#connect()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#poller)
    await this.#sending
    await this.#listener?.end().catch(() => undefined)
  }

  async #sendPending(): Promise<void> {
    // Everything that happens in this turn of the event loop is sent together.
    await Promise.resolve()
    while (this.#pending.size > 0) {
      const streams = [...this.#pending].slice(0, MAX_STREAMS_PER_NOTIFY)
      for (const [stream] of streams) this.#pending.delete(stream)
      const names = streams.map(([stream, newest]) => (newest === undefined ? stream : `${stream}:${newest}`))
      await this.#database
        .query('SELECT pg_notify($1, $2)', [CHANNEL, names.join(' ')])
        .catch(() => undefined)
    }
    this.#sending = undefined
  }

  async #connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      keepAlive: true,
      connectionTimeoutMillis: 3_000,
    })
    const lost = () => {
      if (this.#listener === client) this.#listener = undefined
      void client.end().catch(() => undefined)
    }
    client.on('error', lost)
    client.on('end', lost)
    client.on('notification', ({ payload = '' }) => {
      for (const hint of payload.split(' ')) {
        const [stream = '', newest] = hint.split(':')
        this.#watchers.notify(stream, newest === undefined ? undefined : Number(newest))
      }
    })
    this.#listener = client
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
      this.#watchers.notifyAll()
    } catch {
      // A database without LISTEN, or one that is down: the next poll tries again.
      lost()
    }
  }

  async #poll(): Promise<void> {
    if (this.#listener === undefined && !this.#closed) void this.#connect()
    const streams = this.#watchers.streams()
    for (const stream of this.#newest.keys()) if (!this.#watchers.has(stream)) this.#newest.delete(stream)
    if (streams.length === 0) return
    const sql = 'SELECT stream, max(number) AS newest FROM events WHERE stream = ANY($1) GROUP BY stream'
    const rows = await this.#database
      .query<{ stream: string; newest: number }>(sql, [streams])
      .catch(() => null)
    if (rows === null) return
    const found = new Map(rows.map(({ stream, newest }) => [stream, newest]))
    for (const stream of streams) {
      const newest = found.get(stream)
      const before = this.#newest.get(stream)
      if (before === newest) continue
      if (newest === undefined) this.#newest.delete(stream)
      else this.#newest.set(stream, newest)
      // A stream that is shorter now was removed and started again: those who know its old numbers must read it again.
      const shorter = newest !== undefined && before !== undefined && newest < before
      this.#watchers.notify(stream, shorter ? undefined : newest)
    }
  }
}
