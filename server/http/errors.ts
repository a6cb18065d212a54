import type { Middleware } from 'koa'
import type { Logger } from 'pino'
import { loggablePath } from './logger.ts'
import { sendError } from './send-error.ts'

/**
 * The one place where an error that nobody answered becomes an answer. An error that carries a status of 4xx made by a
 * parser keeps it; everything else is a fault of ours: 500 with the request's id, under which the log says where it came
 * from. That is told nobody else.
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

/** Parsers hang the body on their errors, and `JSON.parse` quotes it in its message: of these only the place is told. */
function loggable(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const quotes = error instanceof SyntaxError || 'body' in error || 'rawBody' in error
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [quotes ? error.name : `${error.name}: ${error.message}`, ...frames].join('\n')
}
