import { RequestTrace, type TraceReport } from '#contract/trace.ts'
import type { SavedTrace, TraceTable } from '../storage/storage.ts'
import { requestTrace } from './report.ts'
import { TraceLog, type TraceKeeper } from './trace-log.ts'
import type { Trace } from './trace.ts'
import { START_UP, TRACE_ID } from './traceparent.ts'

/** How long traces are collected, so that a busy instance writes them together. */
const BATCH_INTERVAL_MS = 20
/** Traces beyond this number are not written: only the instance that recorded them can report them. */
const MAX_BATCH = 500
/** Another instance may not have written a trace yet when it is asked for. */
const MAX_LOOKUPS = 4
const LOOKUP_INTERVAL_MS = 60

/** Traces that any instance can report: in the memory of this process at once, in the database a moment later. */
export class SharedTraces implements TraceKeeper {
  readonly #table: TraceTable
  readonly #own = new TraceLog()
  #waiting: Trace[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(table: TraceTable) {
    this.#table = table
  }

  add(trace: Trace): void {
    this.#own.add(trace)
    if (trace.sandbox === undefined || this.#waiting.length >= MAX_BATCH) return
    this.#waiting.push(trace)
    this.#timer ??= setTimeout(() => this.#write(), BATCH_INTERVAL_MS)
  }

  async report(sandbox: string, traceId: string): Promise<TraceReport | undefined> {
    if (!TRACE_ID.test(traceId)) return undefined
    for (let look = 0; look < MAX_LOOKUPS; look += 1) {
      if (look > 0) await new Promise((resolve) => setTimeout(resolve, LOOKUP_INTERVAL_MS))
      const requests = new Map<string, RequestTrace>()
      for (const text of await this.#table.find(sandbox, traceId)) {
        const request = RequestTrace.parse(JSON.parse(text))
        requests.set(request.spanId, request)
      }
      for (const request of this.#own.report(sandbox, traceId)?.requests ?? []) {
        requests.set(request.spanId, request)
      }
      const inOrder = [...requests.values()].sort(byTime)
      if (inOrder.length === 0) continue
      const startUp = await this.#startUp(sandbox)
      return { id: traceId, ...(startUp && { startUp }), requests: inOrder }
    }
    return undefined
  }

  /** The latest one: another instance may have started the sandbox anew. */
  async #startUp(sandbox: string): Promise<RequestTrace | undefined> {
    const saved = await this.#table.find(sandbox, START_UP)
    const own = this.#own.startUp(sandbox)
    return [...saved.map((text) => RequestTrace.parse(JSON.parse(text))), ...(own ? [own] : [])]
      .sort(byTime)
      .at(-1)
  }

  /** Writes what is still waiting. */
  async close(): Promise<void> {
    if (this.#timer !== undefined) this.#write()
    await this.#writing
  }

  #write(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const traces = this.#waiting.map(saved)
    this.#waiting = []
    // When the database is unavailable, traces are lost there, answers never are; this instance still has them.
    this.#writing = this.#writing.then(() => this.#table.save(traces)).catch(() => undefined)
  }
}

function byTime(a: RequestTrace, b: RequestTrace): number {
  return a.startedAt.localeCompare(b.startedAt)
}

function saved(trace: Trace): SavedTrace {
  return {
    sandbox: trace.sandbox ?? '',
    traceId: trace.id,
    spanId: trace.spanId,
    startedAt: trace.startedAt,
    request: JSON.stringify(requestTrace(trace)),
  }
}
