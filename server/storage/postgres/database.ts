import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { StorageFull, StorageUnavailable } from '../errors.ts'

/** Runs one statement and returns its rows. */
export type Query = <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>

const MAX_CONNECTIONS = 10
const TIMEOUTS_MS = {
  connectionTimeoutMillis: 3_000,
  statement_timeout: 5_000,
  query_timeout: 6_000,
  idle_in_transaction_session_timeout: 10_000,
}
/** Attempts in all, when the database asks for another one or the connection was dead. */
const MAX_TRIES = 6
/** After a lost connection, no attempt begins later than this: the next one would wait for a host that doesn't respond, too. */
const RECONNECT_WITHIN_MS = 2_000
/** How long open connections may take to close; a host that doesn't respond never confirms it. */
const CLOSE_TIMEOUT_MS = 1_000

/** An error of the driver, as opposed to one that our own code throws within a transaction. */
class DriverFault extends Error {
  /** The statement may have been carried out although its result never arrived. */
  readonly ambiguous: boolean

  constructor(cause: unknown, ambiguous: boolean) {
    super('The database failed', { cause })
    this.ambiguous = ambiguous
  }
}

/**
 * A pool of connections to PostgreSQL, or to a database that speaks its protocol. Errors of the driver become errors of the
 * storage; a violated constraint stays the driver's `DatabaseError`, as the cause of a `DriverFault` within a transaction.
 */
export class PostgresDatabase {
  readonly pool: pg.Pool

  constructor(url: string) {
    this.pool = new pg.Pool({ connectionString: url, max: MAX_CONNECTIONS, ...TIMEOUTS_MS })
    // The pool discards an idle connection that breaks; without a listener its error would end the process.
    this.pool.on('error', () => undefined)
    this.pool.on('connect', (client) => client.on('error', () => undefined))
  }

  /** Runs one statement outside a transaction. */
  query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    const ambiguous = !/^\s*SELECT/i.test(sql)
    return again(() => run<Row>(this.pool, sql, values, ambiguous))
  }

  /** Runs `work` in one transaction, and again from its beginning when the database asks for that. */
  transaction<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    return again(async () => {
      const client = await this.pool.connect().catch((error: unknown) => {
        throw new DriverFault(error, false)
      })
      let broken = false
      try {
        await run(client, 'BEGIN')
        const result = await work((sql, values) => run(client, sql, values))
        await run(client, 'COMMIT', [], true)
        return result
      } catch (error) {
        await client.query('ROLLBACK').catch(() => (broken = true))
        throw error
      } finally {
        client.release(broken)
      }
    })
  }

  /** Connections that can't be closed in time are left to the end of the process. */
  async close(): Promise<void> {
    await Promise.race([this.pool.end(), wait(CLOSE_TIMEOUT_MS, undefined, { ref: false })])
  }
}

async function run<Row extends object>(
  on: pg.Pool | pg.PoolClient,
  sql: string,
  values: readonly unknown[] = [],
  ambiguous = false,
): Promise<Row[]> {
  try {
    return (await on.query<Row>(sql, [...values])).rows
  } catch (error) {
    throw new DriverFault(error, ambiguous)
  }
}

async function again<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const began = performance.now()
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (!(error instanceof DriverFault)) throw error
      const mayReconnect = !error.ambiguous && performance.now() - began < RECONNECT_WITHIN_MS
      const isWorthTrying = isConflict(error.cause) || (isLost(error.cause) && mayReconnect)
      if (tried >= MAX_TRIES || !isWorthTrying) throw toStorageError(error.cause)
      await wait(2 ** tried * (2 + Math.random() * 3))
    }
  }
}

/** Serialization failures and deadlocks: nothing was done, and another attempt may succeed. */
function isConflict(error: unknown): boolean {
  return error instanceof pg.DatabaseError && (error.code === '40001' || error.code === '40P01')
}

/** The connection failed, not the statement: an administrator ended it, the server restarted, the network broke. */
function isLost(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return /^(08|57P)/.test(error.code ?? '')
  const { code, message } = error as NodeJS.ErrnoException
  return code?.startsWith('E') === true || /^(Connection terminated|Client has encountered)/.test(message)
}

function toStorageError(error: unknown): unknown {
  const code = error instanceof pg.DatabaseError ? (error.code ?? '') : ''
  // A violated constraint goes to the caller that knows what it means.
  if (code.startsWith('23')) return error
  if (code === '53100') return new StorageFull('The database has no space left', { cause: error })
  const cause = code || (error as NodeJS.ErrnoException).code || 'no connection'
  return new StorageUnavailable(`The database failed (${cause})`, { cause: error })
}
