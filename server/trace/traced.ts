import type { ServerResponse } from 'node:http'
import type { Middleware } from 'koa'
import type { StepKind } from '#contract/trace.ts'
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

/** What `serverTiming` adds up: the lists are used for one request after the other. */
const kinds: StepKind[] = []
const times: number[] = []

/** One metric for each kind of step, in milliseconds, and the whole: https://www.w3.org/TR/server-timing/ */
function serverTiming(trace: Trace): string {
  let count = 0
  for (const { about, start, end, inner } of trace.steps) {
    let at = 0
    while (at < count && kinds[at] !== about.kind) at += 1
    if (at === count) {
      kinds[at] = about.kind
      times[at] = 0
      count += 1
    }
    times[at] = (times[at] ?? 0) + Math.max(0, end - start - inner)
  }
  let header = `total${duration((trace.end - trace.start) * 1000)}`
  for (let at = 0; at < count; at += 1) header += `, ${kinds[at]}${duration(times[at] ?? 0)}`
  return header
}

/** Most times are short, and to write a fraction is slow: those under 10 ms are written once for all. */
const SHORT = Array.from({ length: 1000 }, (_, hundredths) => durationOf(hundredths))

/** @param microseconds written as milliseconds of two decimals */
function duration(microseconds: number): string {
  const hundredths = Math.round(microseconds / 10)
  return SHORT[hundredths] ?? durationOf(hundredths)
}

function durationOf(hundredths: number): string {
  return `;dur=${(hundredths / 100).toFixed(2)}`
}
