import { setTimeout as wait } from 'node:timers/promises'
import type { Pool } from 'pg'
import { seeded } from '../snapshot.ts'
import { StorageUnavailable } from '../errors.ts'
import { PostgresDatabase } from './database.ts'
import { PostgresEventLog } from './event-log.ts'
import { PostgresInstances } from './instances.ts'
import { TrustedTime, systemClock, type Clock } from '../trusted-time.ts'
import { migrateTables } from './migrations.ts'
import { PostgresSandbox, put, putNew, USED_NOW } from './sandbox.ts'
import { PostgresTraces } from './traces.ts'
import {
  DEFAULT_SANDBOX,
  newSandboxId,
  SANDBOX_ID,
  type ArchivedSandbox,
  type NewUserRow,
  type SandboxStore,
  type Snapshot,
  type Storage,
} from '../storage.ts'

const HEARTBEAT_MS = 2_000
const HOUSEKEEPING_MS = 10_000
/** How long the database may take to count as ready; statements themselves may take longer. */
const READY_TIMEOUT_MS = 2_000
/** How long a process that stops waits for the database, which may have stopped before it. */
const LEAVE_TIMEOUT_MS = 1_000

export interface PostgresOptions {
  url: string
  /** Rows of a new sandbox; they get the ids 1, 2, 3, … */
  seed: readonly NewUserRow[]
  /** Days after which an unused sandbox is removed. */
  days: number
  clock?: Clock
}

/**
 * Opens a storage that keeps everything in PostgreSQL, or in a database that speaks its protocol. Several processes may share it.
 * @throws {StorageUnavailable} when the database can't be reached or its tables can't be created
 */
export async function openPostgres({
  url: configuredUrl,
  seed,
  days,
  clock,
}: PostgresOptions): Promise<PostgresStorage> {
  const url = withVerifiedTls(configuredUrl)
  const storage = new PostgresStorage(url, seeded(seed), days, clock)
  try {
    await migrateTables(url)
    await storage.begin()
    return storage
  } catch (error) {
    await storage.close().catch(() => undefined)
    // Never the address itself: it holds a password.
    const { host, pathname } = new URL(url)
    const cause = (error as Error).message || (error as NodeJS.ErrnoException).code
    const message = `The database ${pathname.slice(1)} on ${host} can't be used (${cause}): check DATABASE_URL.`
    throw new StorageUnavailable(message, { cause: error })
  }
}

/** The driver already treats these modes as verify-full, and warns at length that a later version will check less. */
function withVerifiedTls(url: string): string {
  if (/[?&]uselibpqcompat=true/.test(url)) return url
  return url.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, '$1verify-full')
}

export class PostgresStorage implements Storage {
  readonly events: PostgresEventLog
  readonly instances: PostgresInstances
  readonly traces: PostgresTraces
  /** For libraries that keep their own tables in the same database. */
  readonly pool: Pool
  readonly #clock: Clock
  readonly #database: PostgresDatabase
  readonly #seeded: Snapshot
  readonly #days: number
  readonly #timers: NodeJS.Timeout[] = []
  #time: TrustedTime
  #closing: Promise<void> | undefined

  constructor(url: string, seeded: Snapshot, days: number, clock: Clock = systemClock) {
    this.#clock = clock
    this.#time = new TrustedTime(clock, undefined)
    this.#database = new PostgresDatabase(url)
    this.pool = this.#database.pool
    this.events = new PostgresEventLog(this.#database, url)
    this.instances = new PostgresInstances(this.#database)
    this.traces = new PostgresTraces(this.#database)
    this.#seeded = seeded
    this.#days = days
  }

  get time(): TrustedTime {
    return this.#time
  }

  async begin(): Promise<void> {
    const [kept] = await this.#database.query<{ at: string }>('SELECT at FROM lived')
    this.#time = new TrustedTime(this.#clock, kept && Number(kept.at))
    await this.#keepTime()
    await this.instances.heartbeat()
    this.#every(HEARTBEAT_MS, () => this.instances.heartbeat())
    this.#every(HOUSEKEEPING_MS, () => this.traces.prune())
    this.#every(60 * HOUSEKEEPING_MS, () => this.#removeUnused())
  }

  /** One query; once a day another one records that the sandbox is in use. */
  async sandbox(id: string): Promise<SandboxStore | null> {
    if (!SANDBOX_ID.test(id)) return null
    const [found] = await this.#database.query<{ stale: boolean }>(
      `SELECT used_at < now() - interval '1 day' AS stale FROM sandboxes WHERE id = $1`,
      [id],
    )
    if (found === undefined) return id === DEFAULT_SANDBOX ? this.#make(id) : null
    if (found.stale)
      await this.#database.query(`UPDATE sandboxes SET used_at = ${USED_NOW} WHERE id = $1`, [id])
    return this.#store(id)
  }

  create(): Promise<SandboxStore> {
    return this.#make(newSandboxId())
  }

  async sandboxIds(): Promise<string[]> {
    const rows = await this.#database.query<{ id: string }>('SELECT id FROM sandboxes ORDER BY id')
    return rows.map(({ id }) => id)
  }

  restore({ id, snapshot }: ArchivedSandbox): Promise<void> {
    return this.#database.transaction((query) => put(query, id, snapshot))
  }

  async ready(): Promise<void> {
    const giveUp = new AbortController()
    const tooLong = wait(READY_TIMEOUT_MS, undefined, { signal: giveUp.signal }).then(() => {
      throw new StorageUnavailable(`The database did not answer within ${READY_TIMEOUT_MS} ms`)
    })
    // A read-only database would answer a SELECT, so this writes.
    await Promise.race([this.instances.heartbeat(), tooLong]).finally(() => {
      tooLong.catch(() => undefined)
      giveUp.abort()
    })
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close())
  }

  async #close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    // Nothing that was acknowledged depends on these; the others find out by themselves, only later.
    const farewell = Promise.allSettled([this.events.close(), this.#keepTime(), this.instances.leave()])
    await Promise.race([farewell, wait(LEAVE_TIMEOUT_MS, undefined, { ref: false })])
    await this.#database.close()
  }

  async #make(id: string): Promise<SandboxStore> {
    await this.#database.transaction((query) => putNew(query, id, this.#seeded))
    return this.#store(id)
  }

  #store(id: string): SandboxStore {
    return new PostgresSandbox(id, this.#database, this.#seeded)
  }

  async #removeUnused(): Promise<void> {
    await this.#database.query(
      `DELETE FROM sandboxes
        WHERE id <> $1 AND used_at < least(now(), to_timestamp($3 / 1000.0)) - $2 * interval '1 day'`,
      [DEFAULT_SANDBOX, this.#days, this.time.earliest()],
    )
    await this.#keepTime()
  }

  /** Instances share the latest time that any of them has reached. */
  async #keepTime(): Promise<void> {
    await this.#database.query(
      `INSERT INTO lived (id, at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET at = greatest(lived.at, excluded.at)`,
      [Math.floor(this.time.current)],
    )
  }

  #every(milliseconds: number, work: () => Promise<void>): void {
    // When the database is down, the next request fails as well, and reports it.
    const timer = setInterval(() => void work().catch(() => undefined), milliseconds)
    timer.unref()
    this.#timers.push(timer)
  }
}
