import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'

/** Counts for each key, and starts anew when a key's time is over. */
export interface Limiter {
  /**
   * Counts one more, or `points` more.
   * @returns 0 when it is within the limit, else the seconds after which it is worth asking again
   */
  take(key: string, points?: number): Promise<number>
  /** Takes one back that didn't count after all. */
  giveBack(key: string): Promise<void>
  /** Starts this key anew. */
  forget(key: string): Promise<void>
}

/** Everything that is limited. */
export interface Limits {
  /** Requests of one address; undefined where they aren't limited. */
  requests: Limiter | undefined
  /** Wrong logins for one account from one address. */
  logins: Limiter
  /** New sandboxes for one address, those of interview rooms included. */
  sandboxes: Limiter
  /** New interviews for one address. */
  interviews: Limiter
  /** Bytes that one address writes into interviews. */
  interviewBytes: Limiter
  /** Join codes that one address tried and that open nothing. */
  codes: Limiter
}

/** How many, and within how many seconds. */
export interface Allowance {
  points: number
  duration: number
}

/** Ten guesses a minute, as docs/guarantees.md states. */
export const WRONG_LOGINS: Allowance = { points: 10, duration: 60 }

/** What one address may put on the disk within an hour. */
export interface HourlyLimits {
  sandboxes: number
  interviews: number
  interviewBytes: number
}

/**
 * A school behind one address opens a sandbox for each browser, and a room takes one as well. Fifty candidates who type and try things for an hour write
 * some 40 MB. A machine that fills the disk is stopped.
 */
export const HOURLY_LIMITS: HourlyLimits = {
  sandboxes: 1_000,
  interviews: 100,
  interviewBytes: 200 * 2 ** 20,
}

/** So many within an hour. */
export function hourly(points: number): Allowance {
  return { points, duration: 60 * 60 }
}

/** Of 113 million codes one address could try 29,000 a day. */
export const WRONG_CODES: Allowance = { points: 20, duration: 60 }

/** Seconds over which requests are counted: whoever is too fast waits no longer than this. */
export const REQUEST_WINDOW = 10

/** What a counter of rate-limiter-flexible says by rejecting, said as a number. */
export function limiterOf(counter: RateLimiterAbstract): Limiter {
  return {
    async take(key, points = 1) {
      try {
        await counter.consume(key, points)
        return 0
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        // A clock that was set back makes it longer than it ever takes.
        return Math.min(counter.duration, Math.max(1, Math.ceil(refusal.msBeforeNext / 1000)))
      }
    },
    async giveBack(key) {
      await counter.reward(key)
    },
    async forget(key) {
      await counter.delete(key)
    },
  }
}
