import type { Middleware } from 'koa'
import { sendError } from './send-error.ts'

/** Size of the largest body that is read, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024

/**
 * Refuses bodies that would cost too much to read: those declared larger than the limit (413), and compressed ones (415),
 * because a few bytes may expand to gigabytes. For bodies without a declared length, the parser enforces the limit.
 */
export const bodyLimits: Middleware = async (ctx, next) => {
  const encoding = ctx.get('Content-Encoding').trim().toLowerCase()
  if (encoding !== '' && encoding !== 'identity') {
    refuse(415, 'Compressed request bodies are not accepted')
  } else if (Number(ctx.get('Content-Length')) > MAX_BODY_BYTES) {
    refuse(413, `Request body is larger than ${MAX_BODY_BYTES} bytes`)
  } else {
    await next()
  }

  function refuse(status: number, detail: string): void {
    sendError(ctx, status, detail)
    ctx.set('Connection', 'close')
  }
}
