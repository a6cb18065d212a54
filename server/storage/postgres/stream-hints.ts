import pg from 'pg'
import type { PostgresDatabase } from './database.ts'
import type { Watchers } from '../watchers.ts'

const CHANNEL = 'viva_events'
/** Milliseconds between two looks at the numbers of all watched streams: a hint may be lost with the connection it came on. */
const LOOK = 1_000
/** Names are told together when many streams move at once; PostgreSQL's payloads end at 8,000 bytes. */
const TOGETHER = 80

/**
 * Tells the instances that share a database which streams have moved: by NOTIFY where the database has it, and by a look at
 * the numbers once a second in any case.
 */
export class StreamHints {
  readonly #url: string
  readonly #database: PostgresDatabase
  readonly #watchers: Watchers
  /** The number that each has come to; none for a removed one. */
  readonly #untold = new Map<string, number | undefined>()
  readonly #newest = new Map<string, number>()
  #telling: Promise<void> | undefined
  #listener: pg.Client | undefined
  #looking: NodeJS.Timeout | undefined
  #closed = false

  constructor(url: string, database: PostgresDatabase, watchers: Watchers) {
    this.#url = url
    this.#database = database
    this.#watchers = watchers
  }

  /** To all instances, this one at once. */
  tell(stream: string, newest?: number): void {
    this.#watchers.tell(stream, newest)
    this.#untold.set(stream, newest)
    this.#telling ??= this.#tellOthers()
  }

  /** Begins to hear of what others append. */
  listen(): void {
    if (this.#looking !== undefined || this.#closed) return
    this.#looking = setInterval(() => void this.#look(), LOOK)
    this.#looking.unref()
    void this.#connect()
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#looking)
    await this.#telling
    await this.#listener?.end().catch(() => undefined)
  }

  async #tellOthers(): Promise<void> {
    // What happens in this turn goes together.
    await Promise.resolve()
    while (this.#untold.size > 0) {
      const streams = [...this.#untold].slice(0, TOGETHER)
      for (const [stream] of streams) this.#untold.delete(stream)
      const told = streams.map(([stream, newest]) => (newest === undefined ? stream : `${stream}:${newest}`))
      await this.#database.query('SELECT pg_notify($1, $2)', [CHANNEL, told.join(' ')]).catch(() => undefined)
    }
    this.#telling = undefined
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
      for (const told of payload.split(' ')) {
        const [stream = '', newest] = told.split(':')
        this.#watchers.tell(stream, newest === undefined ? undefined : Number(newest))
      }
    })
    this.#listener = client
    try {
      await client.connect()
      await client.query(`LISTEN ${CHANNEL}`)
      this.#watchers.tellAll()
    } catch {
      // A database without LISTEN, or one that is away: the next look tries again.
      lost()
    }
  }

  async #look(): Promise<void> {
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
      // A stream that is shorter now was removed and began anew: who knows its old numbers must read.
      const shorter = newest !== undefined && before !== undefined && newest < before
      this.#watchers.tell(stream, shorter ? undefined : newest)
    }
  }
}
