import type { Middleware } from 'koa'
import { version } from '../../package.json'
import { sendError } from './send-error.ts'

/** How long a result is reused, so that frequent probes don't make the storage write as often. */
const MAX_AGE_MS = 1_000

/**
 * `GET /healthz`: the process is alive, and which version it runs. `GET /readyz`: it can serve requests, writes included.
 * @param ready rejects when the storage accepts no writes
 * @param isStopping whether the process is about to stop: a balancer that polls `/readyz` should send it nothing new
 */
export function health(ready: () => Promise<void>, isStopping: () => boolean = () => false): Middleware {
  let latest: { time: number; result: Promise<void> } | undefined
  const recently = (): Promise<void> => {
    if (latest === undefined || performance.now() - latest.time > MAX_AGE_MS) {
      latest = { time: performance.now(), result: ready() }
    }
    return latest.result
  }
  return async (ctx, next) => {
    const isRead = ctx.method === 'GET' || ctx.method === 'HEAD'
    if (isRead && ctx.path === '/healthz') {
      ctx.state.quiet = true
      ctx.body = { status: 'alive', version }
    } else if (isRead && ctx.path === '/readyz') {
      ctx.state.quiet = true
      if (isStopping()) return sendError(ctx, 503, 'This server is shutting down')
      await recently().then(
        () => (ctx.body = { status: 'ready' }),
        () => sendError(ctx, 503, 'The storage accepts no writes'),
      )
    } else {
      await next()
    }
  }
}
