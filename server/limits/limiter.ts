import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible'

/** Counts by key; each key's count starts over when its window ends. */
export interface Limiter {
  /**
   * Counts one more, or `points` more.
   * @returns 0 within the limit, else the seconds after which a retry is worthwhile
   */
  take(key: string, points?: number): Promise<number>
  /** Gives one point back. */
  giveBack(key: string): Promise<void>
  /** Resets this key. */
  forget(key: string): Promise<void>
}

/** Everything that is limited. */
export interface Limits {
  /** Requests of one address; undefined if unlimited. */
  requests: Limiter | undefined
  /** Wrong logins for one account from one address. */
  logins: Limiter
  /** New sandboxes for one address, those of interview rooms included. */
  sandboxes: Limiter
  /** New interviews for one address. */
  interviews: Limiter
  /** Bytes that one address writes into interviews. */
  interviewBytes: Limiter
  /** New copies of study logs for one address. */
  studyCopies: Limiter
  /** Bytes that one address writes into copies of study logs, and reads from them. */
  studyBytes: Limiter
  /** Wrong join codes tried by one address. */
  codes: Limiter
}

/** So many points within so many seconds. */
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
  studyCopies: number
  studyBytes: number
}

/**
 * Enough for a school behind one address, where each browser and each room needs a sandbox, and where fifty candidates write
 * some 40 MB in an hour. A year of daily practice makes a copy of 5 MB, which each further device reads once. Low enough to stop
 * one machine from filling the disk.
 */
export const HOURLY_LIMITS: HourlyLimits = {
  sandboxes: 1_000,
  interviews: 100,
  interviewBytes: 200 * 2 ** 20,
  studyCopies: 200,
  studyBytes: 500 * 2 ** 20,
}

/** An allowance per hour. */
export function hourly(points: number): Allowance {
  return { points, duration: 60 * 60 }
}

/** One address can try 29,000 of the 113 million codes a day. */
export const WRONG_CODES: Allowance = { points: 20, duration: 60 }

/** The window over which requests are counted, which is also the longest wait. */
export const REQUEST_WINDOW_SECONDS = 10

/** Turns the rejections of a rate-limiter-flexible counter into a number of seconds. */
export function limiterOf(counter: RateLimiterAbstract): Limiter {
  return {
    async take(key, points = 1) {
      try {
        await counter.consume(key, points)
        return 0
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal
        // If the clock was set back, it would be longer than the window.
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
