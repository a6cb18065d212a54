import { STATUS_CODES } from 'node:http'
import type { Context, Middleware } from 'koa'
import type { Logger } from 'pino'

/** Every error has the shape that FastAPI gives it. */
export function sendError(ctx: Context, status: number, detail = STATUS_CODES[status] ?? 'Error'): void {
  ctx.status = status
  ctx.set('Content-Type', 'application/json')
  ctx.body = JSON.stringify({ detail })
}

/**
 * The one place where an error that nobody answered becomes an answer. An error that carries a status of 4xx made by a
 * parser keeps it; everything else is a fault of ours: 500, and the log has its stack. The error itself is never logged
 * whole, because parsers hang the raw body on theirs.
 */
export function answerErrors(logger: Logger): Middleware {
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      const status = statusOf(error)
      if (status >= 500) {
        const stack = error instanceof Error ? error.stack : String(error)
        logger.error(
          { id: ctx.state.requestId, method: ctx.method, path: ctx.path, stack },
          'unexpected error',
        )
      }
      sendError(ctx, status)
      if (status === 413) ctx.set('Connection', 'close')
    }
  }
}

function statusOf(error: unknown): number {
  const status = (error as { status?: unknown } | null)?.status
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}
