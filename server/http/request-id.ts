import { randomUUID } from 'node:crypto'
import type { Middleware } from 'koa'

const HEADER = 'X-Request-Id'
const SAFE = /^[\w-]{8,64}$/

/**
 * Names each request in `ctx.state.requestId` and `X-Request-Id`, so that an answer can be found in the log. A name that a
 * trusted proxy gave is kept; anyone else could choose that of another request.
 */
export function requestId({ trustProxy }: { trustProxy: number }): Middleware {
  return async (ctx, next) => {
    const given = ctx.get(HEADER)
    ctx.state.requestId = trustProxy > 0 && SAFE.test(given) ? given : randomUUID()
    ctx.set(HEADER, ctx.state.requestId as string)
    await next()
  }
}
