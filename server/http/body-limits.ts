import type { Middleware } from 'koa'
import { sendError } from './send-error.ts'

/** The largest body that is read, in bytes. */
export const BODY_LIMIT = 64 * 1024

/**
 * Refuses what would cost too much to read: a body that says it is larger than the limit (413) and compressed bodies (415,
 * because a few bytes of them may unfold into gigabytes). Bodies that don't tell their length are cut by their parser.
 */
export const bodyLimits: Middleware = async (ctx, next) => {
  const encoding = ctx.get('Content-Encoding').trim().toLowerCase()
  if (encoding !== '' && encoding !== 'identity') {
    refuse(415, 'Compressed request bodies are not accepted')
  } else if (Number(ctx.get('Content-Length')) > BODY_LIMIT) {
    refuse(413, `Request body is larger than ${BODY_LIMIT} bytes`)
  } else {
    await next()
  }

  function refuse(status: number, detail: string): void {
    sendError(ctx, status, detail)
    ctx.set('Connection', 'close')
  }
}
