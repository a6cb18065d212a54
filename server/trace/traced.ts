import type { Context, Middleware } from 'koa'
import type { StepKind } from '../../contract/trace.ts'
import type { TraceLog } from './trace-log.ts'
import { continueTrace, traceparentOf } from './traceparent.ts'
import { Trace } from './trace.ts'

/**
 * Follows each request in `ctx.state.trace`: goes on with the caller's `traceparent`, answers `traceparent` and
 * `Server-Timing`, and keeps the trace when the answer has gone out, clean-up after it included.
 */
export function traced(log: TraceLog): Middleware {
  return (ctx, next) => {
    const parent = continueTrace(ctx.get('traceparent'))
    const trace = new Trace(parent, ctx.method, ctx.path.slice(0, 2000))
    ctx.state.trace = trace
    ctx.res.setHeader('traceparent', traceparentOf(parent))
    ctx.res.once('close', () => log.add(trace))
    return next().then(
      () => endTrace(ctx, trace, ctx.status),
      (error: unknown) => {
        endTrace(ctx, trace, 500)
        throw error
      },
    )
  }
}

function endTrace(ctx: Context, trace: Trace, status: number): void {
  trace.status = status
  trace.end = performance.now()
  if (!ctx.res.headersSent) ctx.res.setHeader('Server-Timing', serverTiming(trace))
}

/** One metric for each kind of step, in milliseconds, and the whole: https://www.w3.org/TR/server-timing/ */
function serverTiming(trace: Trace): string {
  const times = new Map<StepKind, number>()
  for (const { about, start, end, inner } of trace.steps) {
    times.set(about.kind, (times.get(about.kind) ?? 0) + Math.max(0, end - start - inner))
  }
  let header = `total;dur=${rounded(trace.end - trace.start)}`
  for (const [kind, milliseconds] of times) header += `, ${kind};dur=${rounded(milliseconds)}`
  return header
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100
}
