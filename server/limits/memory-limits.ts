import { RateLimiterMemory } from 'rate-limiter-flexible'
import {
  hourly,
  HOURLY_LIMITS,
  limiterOf,
  REQUEST_WINDOW_SECONDS,
  WRONG_CODES,
  WRONG_LOGINS,
  type Allowance,
  type Limiter,
  type Limits,
} from './limiter.ts'

/**
 * Limits counted in this process's memory.
 * @param requestsPerSecond of one address, on average over ten seconds; 0 disables the limit
 */
export function memoryLimits(requestsPerSecond: number, hour = HOURLY_LIMITS): Limits {
  return {
    requests: requestLimit(requestsPerSecond),
    logins: inMemory(WRONG_LOGINS),
    sandboxes: inMemory(hourly(hour.sandboxes)),
    interviews: inMemory(hourly(hour.interviews)),
    interviewBytes: byteLimit(hour.interviewBytes),
    studyCopies: inMemory(hourly(hour.studyCopies)),
    studyBytes: byteLimit(hour.studyBytes),
    codes: inMemory(WRONG_CODES),
  }
}

/** Protects this process, so it is counted in memory, whatever the storage: a query would cost more than most requests. */
export function requestLimit(perSecond: number): Limiter | undefined {
  return perSecond === 0
    ? undefined
    : inMemory({ points: perSecond * REQUEST_WINDOW_SECONDS, duration: REQUEST_WINDOW_SECONDS })
}

/** Counted in memory, like requests: otherwise each update of a text would cost another query. */
export function byteLimit(bytesPerHour: number): Limiter {
  return inMemory(hourly(bytesPerHour))
}

function inMemory(allowance: Allowance): Limiter {
  return limiterOf(new RateLimiterMemory(allowance))
}
