import type { Context, Middleware } from 'koa'
import type { TraceLog } from './trace-log.ts'
import { continueTrace, traceparentOf } from './traceparent.ts'
import { currentTrace, Trace, withTrace } from './trace.ts'

/**
 * Follows each request: goes on with the caller's `traceparent`, answers `traceparent` and `Server-Timing`, and keeps the
 * trace when the answer has gone out, clean-up after it included.
 */
export function traced(log: TraceLog): Middleware {
  return (ctx, next) => {
    const trace = new Trace(continueTrace(ctx.get('traceparent')), ctx.method, ctx.path)
    return withTrace(trace, async () => {
      ctx.set('traceparent', traceparentOf({ traceId: trace.id, spanId: trace.spanId }))
      ctx.res.once('close', () => log.add(trace))
      try {
        await next()
        endTrace(ctx, trace, ctx.status)
      } catch (error) {
        endTrace(ctx, trace, 500)
        throw error
      }
    })
  }
}

/** Gives the request's trace to a sandbox: only that one may read it. */
export function assignTrace(sandbox: string): void {
  const trace = currentTrace()
  if (trace !== undefined) trace.sandbox = sandbox
}

function endTrace(ctx: Context, trace: Trace, status: number): void {
  trace.status = status
  trace.end = performance.now()
  ctx.set('Server-Timing', serverTiming(trace))
}

/** One metric for each kind of step, in milliseconds, and the whole: https://www.w3.org/TR/server-timing/ */
function serverTiming(trace: Trace): string {
  let header = `total;dur=${(trace.end - trace.start).toFixed(2)}`
  for (const [kind, milliseconds] of trace.timing) header += `, ${kind};dur=${milliseconds.toFixed(2)}`
  return header
}
