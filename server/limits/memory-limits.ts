import { RateLimiterMemory } from 'rate-limiter-flexible'
import {
  limiterOf,
  NEW_INTERVIEWS,
  NEW_SANDBOXES,
  REQUEST_WINDOW,
  WRONG_CODES,
  WRONG_LOGINS,
  type Allowance,
  type Limiter,
  type Limits,
} from './limiter.ts'

/**
 * Limits that this process counts by itself, in memory.
 * @param requestsPerSecond of one address, on average over ten seconds; 0 limits none
 */
export function memoryLimits(requestsPerSecond: number): Limits {
  return {
    requests: requestLimit(requestsPerSecond),
    logins: inMemory(WRONG_LOGINS),
    sandboxes: inMemory(NEW_SANDBOXES),
    interviews: inMemory(NEW_INTERVIEWS),
    codes: inMemory(WRONG_CODES),
  }
}

/** Guards this process, so this process counts, whatever the storage: asking a database would cost more than most requests. */
export function requestLimit(perSecond: number): Limiter | undefined {
  return perSecond === 0
    ? undefined
    : inMemory({ points: perSecond * REQUEST_WINDOW, duration: REQUEST_WINDOW })
}

function inMemory(allowance: Allowance): Limiter {
  return limiterOf(new RateLimiterMemory(allowance))
}
