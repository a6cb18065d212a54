import { randomUUID } from 'node:crypto'
import type { Middleware } from 'koa'

const HEADER = 'X-Request-Id'
const SAFE = /^[\w-]{8,64}$/

/**
 * Gives each request an id in `ctx.state.requestId` and `X-Request-Id`, so that an answer can be found in the log. An id set by
 * a trusted proxy is kept; anyone else could reuse the id of another request.
 */
export function requestId({ trustProxy }: { trustProxy: number }): Middleware {
  return async (ctx, next) => {
    const proxyId = ctx.get(HEADER)
    ctx.state.requestId = trustProxy > 0 && SAFE.test(proxyId) ? proxyId : randomUUID()
    ctx.set(HEADER, ctx.state.requestId as string)
    await next()
  }
}
