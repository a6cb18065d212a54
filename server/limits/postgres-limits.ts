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

/** Where instances count together; a migration of the storage makes it. Rows that ended an hour ago are removed every five minutes. */
const TABLE = 'rate_limits'

/**
 * Limits that all instances on one database count together.
 *
 * While the database doesn't answer, each process counts by itself: to let everyone in would open the door to guessing, and
 * to let nobody in would make a weak database a dead app.
 * @param pool whose errors somebody else listens to
 * @param requestsPerSecond of one address, for each instance by itself; 0 limits none
 */
export function postgresLimits(pool: Pool, requestsPerSecond: number, hour = HOURLY_LIMITS): Limits {
  return {
    requests: requestLimit(requestsPerSecond),
    logins: inTable(pool, 'login', WRONG_LOGINS),
    sandboxes: inTable(pool, 'sandbox', hourly(hour.sandboxes)),
    interviews: inTable(pool, 'interview', hourly(hour.interviews)),
    interviewBytes: byteLimit(hour),
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
