import type { RequestTrace, TraceReport } from '#contract/trace.ts'
import { requestTrace } from './report.ts'
import type { Trace } from './trace.ts'
import { START_UP } from './traceparent.ts'

/**
 * Bytes of a step, approximately: the exact number would take writing it as text, which costs more than the request. Details
 * never hold a value that a caller sent, and their texts are cut; only the verdicts on fields are a list of some length.
 */
const STEP_BYTES = 500

export interface TraceLogLimits {
  /** Requests kept for one sandbox. */
  perSandbox: number
  /** Approximate bytes of all traces together. */
  bytes: number
  lifetimeMs: number
}

const DEFAULT_LIMITS: TraceLogLimits = {
  perSandbox: 120,
  bytes: 32 * 1024 * 1024,
  lifetimeMs: 15 * 60 * 1000,
}

/** Keeps traces when their requests are over, and is asked for them. */
export interface TraceKeeper {
  /** Keeps a trace that has ended; one without a sandbox is dropped, since no one could read it. */
  add(trace: Trace): void
  /** Every kept request of this sandbox that carried this trace id, or undefined. */
  report(sandbox: string, traceId: string): TraceReport | undefined | Promise<TraceReport | undefined>
}

/** The traces of one sandbox, the oldest first. */
interface SandboxTraces {
  traces: { trace: Trace; bytes: number }[]
  bytes: number
}

/** The part of all bytes that is shared out among the sandboxes; the rest is for those that used more while there were fewer. */
const SHARED_PART = 0.9

/**
 * The latest traces of each sandbox, in memory only. When space runs out, a sandbox that uses more than its share loses its
 * oldest traces: a learner who is reading sends nothing, and must not lose traces to those who are busy. Only when that isn't
 * enough, the sandbox that has been idle longest loses all of its traces.
 */
export class TraceLog implements TraceKeeper {
  readonly #limits: TraceLogLimits
  /** By sandbox; the one that has been idle longest comes first. */
  readonly #kept = new Map<string, SandboxTraces>()
  #bytes = 0

  constructor(limits: Partial<TraceLogLimits> = {}) {
    this.#limits = { ...DEFAULT_LIMITS, ...limits }
  }

  add(trace: Trace): void {
    const { sandbox } = trace
    if (sandbox === undefined) return
    const kept = this.#kept.get(sandbox) ?? { traces: [], bytes: 0 }
    this.#kept.delete(sandbox)
    this.#kept.set(sandbox, kept)
    const bytes = bytesOf(trace)
    kept.traces.push({ trace, bytes })
    kept.bytes += bytes
    this.#bytes += bytes
    const share = Math.max(bytes, (this.#limits.bytes * SHARED_PART) / this.#kept.size)
    while (kept.traces.length > this.#limits.perSandbox || kept.bytes > share) this.#dropOldest(kept)
    this.#dropQuiet(trace)
  }

  report(sandbox: string, traceId: string): TraceReport | undefined {
    const since = performance.now() - this.#limits.lifetimeMs
    const requests = (this.#kept.get(sandbox)?.traces ?? [])
      .map(({ trace }) => trace)
      .filter(({ id, end }) => id === traceId && end >= since)
      .sort((a, b) => a.start - b.start)
    if (requests.length === 0) return undefined
    const startUp = this.startUp(sandbox)
    return { id: traceId, ...(startUp && { startUp }), requests: requests.map(requestTrace) }
  }

  /** The latest start-up of a sandbox, if it is still kept. */
  startUp(sandbox: string): RequestTrace | undefined {
    const latest = this.#kept.get(sandbox)?.traces.findLast(({ trace }) => trace.id === START_UP)
    return latest && requestTrace(latest.trace)
  }

  #dropOldest(kept: SandboxTraces): void {
    const bytes = kept.traces.shift()?.bytes ?? 0
    kept.bytes -= bytes
    this.#bytes -= bytes
  }

  /** Drops sandboxes whose last trace is too old, and more of them while all traces together need too many bytes. */
  #dropQuiet(latest: Trace): void {
    const since = latest.end - this.#limits.lifetimeMs
    for (const [sandbox, { traces, bytes }] of this.#kept) {
      const isQuiet = (traces.at(-1)?.trace.end ?? 0) < since
      if (sandbox === latest.sandbox || (!isQuiet && this.#bytes <= this.#limits.bytes)) return
      this.#kept.delete(sandbox)
      this.#bytes -= bytes
    }
  }
}

function bytesOf({ steps }: Trace): number {
  let items = 1 + steps.length
  for (const { about } of steps) if (about.detail.kind === 'validation') items += about.detail.fields.length
  return items * STEP_BYTES
}
