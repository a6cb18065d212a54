import { RequestTrace, type TraceReport } from '#contract/trace.ts'
import type { SavedTrace, TraceTable } from '../storage/storage.ts'
import { requestTrace } from './report.ts'
import { TraceLog, type TraceKeeper } from './trace-log.ts'
import type { Trace } from './trace.ts'
import { TRACE_ID } from './traceparent.ts'

/** Milliseconds that traces wait for one another, so that a busy instance writes them together. */
const TOGETHER = 20
/** The most that go together, and the most that wait: beyond it, they are told by the instance that made them alone. */
const MOST = 500
/** How often, and after how many milliseconds, a trace that isn't there yet is looked for again. */
const LOOKS = 4
const PAUSE = 60

/** Traces that any instance may be asked for: in this process's memory at once, in the database a moment later. */
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
    if (trace.sandbox === undefined || this.#waiting.length >= MOST) return
    this.#waiting.push(trace)
    this.#timer ??= setTimeout(() => this.#write(), TOGETHER)
  }

  async report(sandbox: string, traceId: string): Promise<TraceReport | undefined> {
    if (!TRACE_ID.test(traceId)) return undefined
    for (let look = 0; look < LOOKS; look += 1) {
      if (look > 0) await new Promise((resolve) => setTimeout(resolve, PAUSE))
      const requests = new Map<string, RequestTrace>()
      for (const text of await this.#table.find(sandbox, traceId)) {
        const request = RequestTrace.parse(JSON.parse(text))
        requests.set(request.spanId, request)
      }
      for (const request of this.#own.report(sandbox, traceId)?.requests ?? []) {
        requests.set(request.spanId, request)
      }
      const inOrder = [...requests.values()].sort((a, b) => a.startedAt.localeCompare(b.startedAt))
      if (inOrder.length > 0) return { id: traceId, requests: inOrder }
    }
    return undefined
  }

  /** Writes what still waits. */
  async close(): Promise<void> {
    if (this.#timer !== undefined) this.#write()
    await this.#writing
  }

  #write(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const traces = this.#waiting.map(saved)
    this.#waiting = []
    // A database that is away loses traces, never answers: this instance still tells them.
    this.#writing = this.#writing.then(() => this.#table.save(traces)).catch(() => undefined)
  }
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
