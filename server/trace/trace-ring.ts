import type { Trace } from './trace.ts'

/**
 * The last traces of one sandbox, in a list whose places are used again and again. A `Set` or a `Map` would do, but makes a
 * new table each time that many were added and removed, and what the old table names outlives many collections of garbage.
 */
export class TraceRing {
  readonly #traces: (Trace | undefined)[]
  readonly #weights: number[]
  #next = 0
  /** About. */
  bytes = 0
  /** When the last trace ended, in milliseconds of `performance.now()`. */
  latest = 0

  constructor(size: number) {
    this.#traces = new Array<undefined>(size).fill(undefined)
    this.#weights = new Array<number>(size).fill(0)
  }

  /** Puts a trace into the place of the oldest one. @returns by how many bytes the ring has grown */
  add(trace: Trace, weight: number): number {
    const growth = weight - (this.#weights[this.#next] ?? 0)
    this.#traces[this.#next] = trace
    this.#weights[this.#next] = weight
    this.#next = (this.#next + 1) % this.#traces.length
    this.bytes += growth
    this.latest = trace.end
    return growth
  }

  /** Forgets its oldest trace, if it has one. @returns how many bytes it had */
  dropOldest(): number {
    for (let passed = 0; passed < this.#traces.length; passed += 1) {
      const place = (this.#next + passed) % this.#traces.length
      if (this.#traces[place] === undefined) continue
      const weight = this.#weights[place] ?? 0
      this.#traces[place] = undefined
      this.#weights[place] = 0
      this.bytes -= weight
      return weight
    }
    return 0
  }

  traces(): Trace[] {
    return this.#traces.filter((trace) => trace !== undefined)
  }
}
