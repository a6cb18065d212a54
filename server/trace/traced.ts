import type { ServerResponse } from 'node:http'
import type { Middleware } from 'koa'
import type { StepKind } from '../../contract/trace.ts'
import type { TraceKeeper } from './trace-log.ts'
import { continueTrace, traceparentOf } from './traceparent.ts'
import { Trace } from './trace.ts'

/**
 * Follows each request in `ctx.state.trace`: goes on with the caller's `traceparent`, answers `traceparent` and
 * `Server-Timing`, and keeps the trace when the answer has gone out, clean-up after it included.
 */
export function traced(log: TraceKeeper): Middleware {
  return (ctx, next) => {
    const { req, res } = ctx
    const parent = continueTrace(req.headers.traceparent)
    const trace = new Trace(parent, ctx.method, ctx.path.slice(0, 2000))
    ctx.state.trace = trace
    res.setHeader('traceparent', traceparentOf(parent))
    res.on('close', () => log.add(trace))
    const answered = next()
    // Koa sends the answer when what is returned here is settled, and that is after this.
    answered.then(
      () => endTrace(res, trace, res.statusCode),
      () => endTrace(res, trace, 500),
    )
    return answered
  }
}

function endTrace(res: ServerResponse, trace: Trace, status: number): void {
  trace.status = status
  trace.end = performance.now()
  if (!res.headersSent) res.setHeader('Server-Timing', serverTiming(trace))
}

// Used for one answer after the other, and by none for longer than it takes to write it.
const kinds: StepKind[] = []
const times: number[] = []

/** One metric for each kind of step, in milliseconds, and the whole: https://www.w3.org/TR/server-timing/ */
function serverTiming(trace: Trace): string {
  let count = 0
  for (const { about, start, end, inner } of trace.steps) {
    const own = Math.max(0, end - start - inner)
    let at = 0
    while (at < count && kinds[at] !== about.kind) at += 1
    if (at < count) times[at] = (times[at] ?? 0) + own
    else {
      kinds[at] = about.kind
      times[at] = own
      count += 1
    }
  }
  let header = metric('total', (trace.end - trace.start) * 1000)
  for (let at = 0; at < count; at += 1) header += metric(kinds[at] as StepKind, times[at] ?? 0)
  return header
}

/** Most times are short, and to write a fraction is slow: metrics under 10 ms are written once for all. */
const SHORT = 1000
const written = new Map<string, string[]>()

/** @param microseconds told as milliseconds of two decimals */
function metric(name: StepKind | 'total', microseconds: number): string {
  const hundredths = Math.round(microseconds / 10)
  if (hundredths >= SHORT) return writeMetric(name, hundredths)
  let known = written.get(name)
  if (known === undefined)
    written.set(name, (known = Array.from({ length: SHORT }, (_, at) => writeMetric(name, at))))
  return known[hundredths] ?? writeMetric(name, hundredths)
}

function writeMetric(name: string, hundredths: number): string {
  return `${name === 'total' ? '' : ', '}${name};dur=${(hundredths / 100).toFixed(2)}`
}
