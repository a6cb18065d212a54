import type { Pool } from 'pg'
import { RateLimiterMemory, RateLimiterPostgres } from 'rate-limiter-flexible'
import {
  hourly,
  HOURLY_LIMITS,
  limiterOf,
  WRONG_CODES,
  WRONG_LOGINS,
  type Allowance,
  type Limiter,
  type Limits,
} from './limiter.ts'
import { byteLimit, requestLimit } from './memory-limits.ts'

/** The table shared by all instances, created by a migration. Rows that expired an hour ago are deleted every five minutes. */
const TABLE = 'rate_limits'

/**
 * Limits that all instances on one database count together.
 *
 * While the database is down, each process counts by itself: letting everyone in would allow guessing, and letting no one in
 * would turn a slow database into an outage.
 * @param pool its `error` events must be handled by its owner
 * @param requestsPerSecond of one address and one instance; 0 disables the limit
 */
export function postgresLimits(pool: Pool, requestsPerSecond: number, hour = HOURLY_LIMITS): Limits {
  return {
    requests: requestLimit(requestsPerSecond),
    logins: inTable(pool, 'login', WRONG_LOGINS),
    sandboxes: inTable(pool, 'sandbox', hourly(hour.sandboxes)),
    interviews: inTable(pool, 'interview', hourly(hour.interviews)),
    interviewBytes: byteLimit(hour.interviewBytes),
    studyCopies: inTable(pool, 'study', hourly(hour.studyCopies)),
    studyBytes: byteLimit(hour.studyBytes),
    codes: inTable(pool, 'code', WRONG_CODES),
  }
}

function inTable(pool: Pool, keyPrefix: string, allowance: Allowance): Limiter {
  return limiterOf(
    new RateLimiterPostgres({
      ...allowance,
      keyPrefix,
      storeClient: pool,
      storeType: 'pool',
      tableName: TABLE,
      tableCreated: true,
      insuranceLimiter: new RateLimiterMemory(allowance),
    }),
  )
}
