import type { TraceReport } from '#contract/trace.ts'
import { requestTrace } from './report.ts'
import { TraceRing } from './trace-ring.ts'
import type { Trace } from './trace.ts'

/**
 * Bytes of a step, about: counting them would mean to write the step as text, which costs more than the request. A step is
 * small, since details tell of 100 fields at most and never of a value.
 */
const STEP_BYTES = 500

export interface TraceLogLimits {
  /** Requests kept for one sandbox. */
  perSandbox: number
  /** Bytes of all traces together, about. */
  bytes: number
  /** Milliseconds that a trace is kept. */
  lifetime: number
}

const DEFAULT_LIMITS: TraceLogLimits = {
  perSandbox: 120,
  bytes: 32 * 1024 * 1024,
  lifetime: 15 * 60 * 1000,
}

/** Where traces go when their requests are over, and who is asked for them. */
export interface TraceKeeper {
  /** Keeps a trace that has ended; one that belongs to no sandbox could be read by nobody and is dropped. */
  add(trace: Trace): void
  /** Every kept request of this sandbox that carried this trace id, or undefined. */
  report(sandbox: string, traceId: string): TraceReport | undefined | Promise<TraceReport | undefined>
}

/** What part of all bytes the sandboxes share; the rest is for those that had more while there were fewer. */
const SHARED = 0.9

/**
 * The last traces of each sandbox, in memory only. When there is no room, a sandbox that has more than its share loses its oldest
 * ones: somebody who reads what came is quiet, and must not lose it to those who are busy. Only when that isn't enough, all traces
 * of the sandbox that was quiet for longest go.
 */
export class TraceLog implements TraceKeeper {
  readonly #limits: TraceLogLimits
  /** The one that was quiet for longest stands first. */
  readonly #rings = new Map<string, TraceRing>()
  #latest: string | undefined
  #bytes = 0

  constructor(limits: Partial<TraceLogLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
  }

  /** Keeps a trace that has ended; one that belongs to no sandbox could be read by nobody and is dropped. */
  add(trace: Trace): void {
    const { sandbox } = trace
    if (sandbox === undefined) return
    const ring = this.#ringOf(sandbox)
    const weight = (1 + trace.steps.length) * STEP_BYTES
    this.#bytes += ring.add(trace, weight)
    const share = Math.max(weight, (this.#limits.bytes * SHARED) / this.#rings.size)
    while (ring.bytes > share) this.#bytes -= ring.dropOldest()
    if (this.#rings.size > 1) this.#dropQuiet(trace.end - this.#limits.lifetime)
  }

  /** Every kept request of this sandbox that carried this trace id, or undefined. */
  report(sandbox: string, traceId: string): TraceReport | undefined {
    const oldest = performance.now() - this.#limits.lifetime
    const requests = this.#rings.get(sandbox)?.find(traceId, oldest) ?? []
    if (requests.length === 0) return undefined
    const told = requests.sort((a, b) => a.start - b.start).map((kept) => requestTrace(kept.recorded()))
    return { id: traceId, requests: told }
  }

  #ringOf(sandbox: string): TraceRing {
    const ring = this.#rings.get(sandbox) ?? new TraceRing(this.#limits.perSandbox)
    if (sandbox !== this.#latest) {
      this.#rings.delete(sandbox)
      this.#rings.set(sandbox, ring)
      this.#latest = sandbox
    }
    return ring
  }

  #dropQuiet(oldest: number): void {
    for (const [sandbox, ring] of this.#rings) {
      if (sandbox === this.#latest || (ring.latest >= oldest && this.#bytes <= this.#limits.bytes)) return
      this.#rings.delete(sandbox)
      this.#bytes -= ring.bytes
    }
  }
}
