/** By how much a room's newest event may be ahead without anything being wrong. */
const TOLERANCE_MS = 1_000

/** The clocks that a room's time is based on. */
interface Timed {
  readonly state: { readonly at: number } | null
}

/**
 * The time in a room, in milliseconds of the epoch. It is the clock's, unless the room has an event from later, written while a
 * clock was ahead: then it continues from that event at its own pace, instead of standing still until the clock has caught up.
 */
export class RoomTime {
  readonly #now: () => number
  readonly #elapsed: () => number
  /** When the newest event was first seen, by elapsed time. */
  readonly #seen = new WeakMap<Timed, { at: number; elapsed: number }>()

  /** @param elapsed milliseconds since an arbitrary moment; never decreases */
  constructor(now: () => number, elapsed: () => number = () => performance.now()) {
    this.#now = now
    this.#elapsed = elapsed
  }

  of(room: Timed): number {
    const now = this.#now()
    const at = room.state?.at ?? 0
    if (at <= now + TOLERANCE_MS) return now
    let seen = this.#seen.get(room)
    if (seen?.at !== at) {
      seen = { at, elapsed: this.#elapsed() }
      this.#seen.set(room, seen)
    }
    return Math.floor(at + this.#elapsed() - seen.elapsed)
  }
}
