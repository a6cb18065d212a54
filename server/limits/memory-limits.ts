import { RateLimiterMemory } from 'rate-limiter-flexible'
import {
  hourly,
  HOURLY_LIMITS,
  limiterOf,
  REQUEST_WINDOW,
  WRONG_CODES,
  WRONG_LOGINS,
  type Allowance,
  type HourlyLimits,
  type Limiter,
  type Limits,
} from './limiter.ts'

/**
 * Limits that this process counts by itself, in memory.
 * @param requestsPerSecond of one address, on average over ten seconds; 0 limits none
 */
export function memoryLimits(requestsPerSecond: number, hour = HOURLY_LIMITS): Limits {
  return {
    requests: requestLimit(requestsPerSecond),
    logins: inMemory(WRONG_LOGINS),
    sandboxes: inMemory(hourly(hour.sandboxes)),
    interviews: inMemory(hourly(hour.interviews)),
    interviewBytes: byteLimit(hour),
    codes: inMemory(WRONG_CODES),
  }
}

/** Guards this process, so this process counts, whatever the storage: asking a database would cost more than most requests. */
export function requestLimit(perSecond: number): Limiter | undefined {
  return perSecond === 0
    ? undefined
    : inMemory({ points: perSecond * REQUEST_WINDOW, duration: REQUEST_WINDOW })
}

/** Counted by this process, like requests: an update of a text would cost a query more. */
export function byteLimit({ interviewBytes }: HourlyLimits): Limiter {
  return inMemory(hourly(interviewBytes))
}

function inMemory(allowance: Allowance): Limiter {
  return limiterOf(new RateLimiterMemory(allowance))
}
