import type { Middleware } from 'koa'
import { sendError } from './errors.ts'

/**
 * `GET /healthz`: the process answers. `GET /readyz`: it can work.
 * @param ready rejects when the storage doesn't answer
 */
export function health(ready: () => Promise<void>): Middleware {
  return async (ctx, next) => {
    const asked = ctx.method === 'GET' || ctx.method === 'HEAD'
    if (asked && ctx.path === '/healthz') {
      ctx.state.quiet = true
      ctx.body = { status: 'alive' }
    } else if (asked && ctx.path === '/readyz') {
      ctx.state.quiet = true
      await ready().then(
        () => (ctx.body = { status: 'ready' }),
        () => sendError(ctx, 503, 'The storage does not answer'),
      )
    } else {
      await next()
    }
  }
}
