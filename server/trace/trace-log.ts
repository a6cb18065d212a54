import type { TraceReport } from '../../contract/trace.ts'
import { requestTrace } from './report.ts'
import type { Trace } from './trace.ts'
import { fitInto, weightOf } from './weight.ts'

/** The most bytes that one request's trace may hold, about. */
export const TRACE_BYTES = 64 * 1024

export interface TraceLogLimits {
  /** Requests kept for one sandbox. */
  perSandbox: number
  /** Bytes of all traces together, about. */
  bytes: number
  /** Milliseconds that a trace is kept. */
  lifetime: number
}

const DEFAULT_LIMITS: TraceLogLimits = { perSandbox: 120, bytes: 32 * 1024 * 1024, lifetime: 15 * 60 * 1000 }

interface Kept {
  trace: Trace
  weight: number
}

/** The last traces of each sandbox, in memory only. The oldest go first when any limit is reached. */
export class TraceLog {
  readonly #limits: TraceLogLimits
  /** In the order in which the requests ended, so that the oldest stands first. */
  readonly #all = new Set<Kept>()
  readonly #bySandbox = new Map<string, Set<Kept>>()
  #bytes = 0

  constructor(limits: Partial<TraceLogLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
  }

  /** Keeps a trace that has ended; one that belongs to no sandbox could be read by nobody and is dropped. */
  add(trace: Trace): void {
    if (trace.sandbox === undefined) return
    let weight = weightOf(trace)
    if (weight > TRACE_BYTES) {
      fitInto(trace, TRACE_BYTES)
      weight = weightOf(trace)
    }
    const kept = { trace, weight }
    const mine = this.#bySandbox.get(trace.sandbox) ?? new Set()
    this.#bySandbox.set(trace.sandbox, mine.add(kept))
    this.#all.add(kept)
    this.#bytes += kept.weight
    if (mine.size > this.#limits.perSandbox) this.#dropOldest(mine)
    while (this.#bytes > this.#limits.bytes) this.#dropOldest(this.#all)
    this.#dropExpired()
  }

  /** Every kept request of this sandbox that carried this trace id, or undefined. */
  report(sandbox: string, traceId: string): TraceReport | undefined {
    this.#dropExpired()
    const requests: Trace[] = []
    for (const { trace } of this.#bySandbox.get(sandbox) ?? []) if (trace.id === traceId) requests.push(trace)
    if (requests.length === 0) return undefined
    requests.sort((a, b) => a.start - b.start)
    return { id: traceId, requests: requests.map(requestTrace) }
  }

  /** Forgets all traces of a sandbox. */
  forget(sandbox: string): void {
    for (const kept of this.#bySandbox.get(sandbox) ?? []) this.#drop(kept)
  }

  #dropExpired(): void {
    const oldest = performance.now() - this.#limits.lifetime
    for (const kept of this.#all) {
      if (kept.trace.end >= oldest) return
      this.#drop(kept)
    }
  }

  #dropOldest(among: Set<Kept>): void {
    for (const kept of among) return this.#drop(kept)
  }

  #drop(kept: Kept): void {
    const sandbox = kept.trace.sandbox ?? ''
    const mine = this.#bySandbox.get(sandbox)
    mine?.delete(kept)
    if (mine?.size === 0) this.#bySandbox.delete(sandbox)
    this.#all.delete(kept)
    this.#bytes -= kept.weight
  }
}
