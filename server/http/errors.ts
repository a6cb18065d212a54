import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { loggablePath } from './logger.ts'
import { sendError } from './send-error.ts'

/**
 * The one place where an uncaught error becomes an answer. A parser's error keeps its status of 4xx. Everything else is our
 * fault: 500 with the request's id, under which the log has the stack. The client learns nothing more.
 */
export function answerErrors(logger: Logger): Middleware {
  return async (ctx, next) => {
    try {
      await next()
    } catch (error) {
      const status = statusOf(error)
      if (status >= 500) {
        logger.error(
          {
            id: ctx.state.requestId,
            method: ctx.method,
            path: loggablePath(ctx.path),
            error: loggable(error),
          },
          'unexpected error',
        )
      }
      const { requestId: id } = ctx.state as { requestId?: string }
      sendError(ctx, status, status < 500 ? undefined : `Internal Server Error; request ${id}`)
      if (status === 413) ctx.set('Connection', 'close')
    }
  }
}

function statusOf(error: unknown): number {
  const status = (error as { status?: unknown } | null)?.status
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}

/** Parsers attach the body to their errors, and `JSON.parse` quotes it in its message: only the stack frames of these are logged. */
function loggable(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const quotes = error instanceof SyntaxError || 'body' in error || 'rawBody' in error
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [quotes ? error.name : `${error.name}: ${error.message}`, ...frames].join('\n')
}
