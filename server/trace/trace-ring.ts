import { KeptTrace } from './kept-trace.ts'
import type { Trace } from './trace.ts'

/**
 * The last traces of one sandbox, in a list whose places are used again and again. A `Set` or a `Map` would do, but makes a
 * new table each time that many were added and removed, and what the old table names outlives many collections of garbage.
 */
export class TraceRing {
  readonly #places: (KeptTrace | undefined)[]
  readonly #weights: number[]
  #next = 0
  /** Not yet asked whether all of its steps have ended. */
  #newest: KeptTrace | undefined
  /** Those of which a step still ran when the next trace came: there are hardly ever any. */
  readonly #unsettled = new Set<KeptTrace>()
  /** About. */
  bytes = 0
  /** When the last trace ended, in milliseconds of `performance.now()`. */
  latest = 0

  constructor(size: number) {
    this.#places = new Array<undefined>(size).fill(undefined)
    this.#weights = new Array<number>(size).fill(0)
  }

  /** Puts a trace into the place of the oldest one. @returns by how many bytes the ring has grown */
  add(trace: Trace, weight: number): number {
    this.#settle()
    const place = (this.#places[this.#next] ??= new KeptTrace())
    place.hold(trace)
    this.#newest = place
    const growth = weight - (this.#weights[this.#next] ?? 0)
    this.#weights[this.#next] = weight
    this.#next = (this.#next + 1) % this.#places.length
    this.bytes += growth
    this.latest = trace.end
    return growth
  }

  /** Forgets its oldest trace, if it has one. @returns how many bytes it had */
  dropOldest(): number {
    for (let passed = 0; passed < this.#places.length; passed += 1) {
      const place = (this.#next + passed) % this.#places.length
      if (this.#places[place] === undefined) continue
      const weight = this.#weights[place] ?? 0
      this.#places[place] = undefined
      this.#weights[place] = 0
      this.bytes -= weight
      return weight
    }
    return 0
  }

  /** Those that carried this trace id and ended at this time or later, in milliseconds of `performance.now()`. */
  find(id: string, since: number): KeptTrace[] {
    return this.#places
      .filter((kept) => kept !== undefined)
      .filter((kept) => kept.id === id && kept.end >= since)
  }

  #settle(): void {
    if (this.#newest?.settle() === false) this.#unsettled.add(this.#newest)
    if (this.#unsettled.size === 0) return
    for (const kept of this.#unsettled) if (kept.settle()) this.#unsettled.delete(kept)
  }
}
