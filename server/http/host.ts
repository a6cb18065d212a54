import type { Middleware } from 'koa'
import { sendError } from './errors.ts'

/**
 * Refuses a request of HTTP/1.1 without a Host: https://www.rfc-editor.org/rfc/rfc9112#section-3.2. Where it is known at which
 * address people reach this server, that is the host of every request, whatever it says: links and redirects are made from it.
 */
export function knownHost(publicUrl: string | undefined): Middleware {
  const host = publicUrl === undefined ? undefined : new URL(publicUrl).host
  return async (ctx, next) => {
    if (ctx.req.httpVersion === '1.1' && ctx.req.headers.host === undefined) {
      return sendError(ctx, 400, 'The Host header is missing')
    }
    if (host !== undefined) {
      ctx.req.headers.host = host
      delete ctx.req.headers['x-forwarded-host']
    }
    await next()
  }
}
