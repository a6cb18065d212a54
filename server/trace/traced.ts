import type { ServerResponse } from 'node:http'
import type { Middleware } from 'koa'
import type { StepKind } from '#contract/trace.ts'
import type { TraceKeeper } from './trace-log.ts'
import { continueTrace, traceparentOf } from './traceparent.ts'
import { Trace } from './trace.ts'

/**
 * Traces each request in `ctx.state.trace`: continues the caller's `traceparent`, sends `traceparent` and `Server-Timing`,
 * and keeps the trace once the answer has gone out.
 */
export function traced(log: TraceKeeper): Middleware {
  return async (ctx, next) => {
    const { req, res } = ctx
    const parent = continueTrace(req.headers.traceparent)
    const trace = new Trace(parent, ctx.method, ctx.path.slice(0, 2000))
    ctx.state.trace = trace
    res.setHeader('traceparent', traceparentOf(parent))
    res.on('close', () => log.add(trace))
    try {
      await next()
      endTrace(res, trace, res.statusCode)
    } catch (error) {
      endTrace(res, trace, 500)
      throw error
    }
  }
}

function endTrace(res: ServerResponse, trace: Trace, status: number): void {
  trace.status = status
  trace.end = performance.now()
  if (!res.headersSent) res.setHeader('Server-Timing', serverTiming(trace))
}

/** One metric for each kind of step, in milliseconds, and the whole: https://www.w3.org/TR/server-timing/ */
function serverTiming(trace: Trace): string {
  const times = new Map<StepKind, number>()
  for (const { about, start, end, inner } of trace.steps) {
    times.set(about.kind, (times.get(about.kind) ?? 0) + Math.max(0, end - start - inner))
  }
  let header = `total;dur=${(trace.end - trace.start).toFixed(2)}`
  for (const [kind, micros] of times) header += `, ${kind};dur=${(micros / 1000).toFixed(2)}`
  return header
}
