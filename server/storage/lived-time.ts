const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A clock that jumped ahead is believed when it has kept its distance for so long. */
const BELIEVED_AFTER = 24 * HOUR
/** How far ahead a clock may be at the start: so long may a process have been stopped. A day is too much to believe. */
const LONGEST_STOP = 18 * HOUR
/** What two clocks may differ by without a jump. */
const TOLERANCE = MINUTE

/** The two clocks that a process has, in milliseconds. */
export interface Clock {
  /** Of the epoch: may be wrong, and may jump. */
  wall: () => number
  /** Since any moment: only ever goes on, at its own pace. */
  elapsed: () => number
}

export const systemClock: Clock = { wall: () => Date.now(), elapsed: () => performance.now() }

/**
 * The time as this process lived it, for what is deleted by age: an hour of a wrong clock must delete nothing. It is taken
 * from the wall clock at the start and goes on by elapsed time. All times are in milliseconds of the epoch.
 */
export class LivedTime {
  readonly #clock: Clock
  #anchor: { lived: number; elapsed: number }
  #ahead: { by: number; since: number } | undefined

  /** @param saved what `lived` was when the process before this one noted it; undefined when none did */
  constructor(clock: Clock, saved: number | undefined) {
    this.#clock = clock
    const wall = clock.wall()
    const isPlausible = saved === undefined || (wall >= saved && wall - saved <= LONGEST_STOP)
    this.#anchor = { lived: isPlausible ? wall : saved, elapsed: clock.elapsed() }
  }

  /** To be noted now and then, for the process after this one. */
  get lived(): number {
    return Math.floor(this.#anchor.lived + this.#clock.elapsed() - this.#anchor.elapsed)
  }

  /** The earlier of the two: what is due by it is due by the wall clock and by elapsed time. */
  earliest(): number {
    this.look()
    return Math.min(this.#clock.wall(), this.lived)
  }

  /** The later of the two: what is used or made now counts from here. */
  latest(): number {
    return Math.max(this.#clock.wall(), this.lived)
  }

  /** Follows a clock that went ahead and stayed there. To be called at least every few hours. */
  look(): void {
    const elapsed = this.#clock.elapsed()
    const by = this.#clock.wall() - this.lived
    if (by <= TOLERANCE) {
      this.#ahead = undefined
    } else if (this.#ahead === undefined || Math.abs(by - this.#ahead.by) > TOLERANCE) {
      this.#ahead = { by, since: elapsed }
    } else if (elapsed - this.#ahead.since >= BELIEVED_AFTER) {
      this.#anchor = { lived: this.#clock.wall(), elapsed }
      this.#ahead = undefined
    }
  }
}
