const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** A wall clock that jumped ahead is believed once it has stayed ahead for this long. */
const BELIEVED_AFTER_MS = 24 * HOUR_MS
/** How far ahead the wall clock may be at the start: the process may have been stopped for this long. A whole day is not believed. */
const MAX_STOP_MS = 18 * HOUR_MS
/** Two clocks may differ by this much without counting as a jump. */
const TOLERANCE_MS = MINUTE_MS

/** The two clocks that a process has. */
export interface Clock {
  /** Milliseconds since 1970: may be wrong, and may jump. */
  wall: () => number
  /** Milliseconds since an arbitrary moment: never jumps and never goes back. */
  elapsed: () => number
}

export const systemClock: Clock = { wall: () => Date.now(), elapsed: () => performance.now() }

/**
 * The time that deletions by age go by: a clock that is wrong for an hour must not delete anything. It is taken from the wall
 * clock at the start and advances by elapsed time. All times are in milliseconds since 1970.
 */
export class TrustedTime {
  readonly #clock: Clock
  #anchor: { time: number; elapsed: number }
  #ahead: { by: number; since: number } | undefined

  /** @param saved the value of `current` that the previous process saved; undefined when there is none */
  constructor(clock: Clock, saved: number | undefined) {
    this.#clock = clock
    const wall = clock.wall()
    const isPlausible = saved === undefined || (wall >= saved && wall - saved <= MAX_STOP_MS)
    this.#anchor = { time: isPlausible ? wall : saved, elapsed: clock.elapsed() }
  }

  /** Save it regularly, for the next process. */
  get current(): number {
    return Math.floor(this.#anchor.time + this.#clock.elapsed() - this.#anchor.elapsed)
  }

  /** The earlier of the two times: what is due by it is due by the wall clock and by elapsed time. */
  earliest(): number {
    this.look()
    return Math.min(this.#clock.wall(), this.current)
  }

  /** The later of the two times: the age of anything used or created now counts from here. */
  latest(): number {
    return Math.max(this.#clock.wall(), this.current)
  }

  /** Follows a wall clock that jumped ahead and stayed there. Call it at least every few hours. */
  look(): void {
    const elapsed = this.#clock.elapsed()
    const by = this.#clock.wall() - this.current
    if (by <= TOLERANCE_MS) {
      this.#ahead = undefined
    } else if (this.#ahead === undefined || Math.abs(by - this.#ahead.by) > TOLERANCE_MS) {
      this.#ahead = { by, since: elapsed }
    } else if (elapsed - this.#ahead.since >= BELIEVED_AFTER_MS) {
      this.#anchor = { time: this.#clock.wall(), elapsed }
      this.#ahead = undefined
    }
  }
}
