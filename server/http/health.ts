import type { Middleware } from 'koa'
import { sendError } from './send-error.ts'

/** Milliseconds for which an answer counts: whoever asks often must not make the storage write as often. */
const FRESH = 1_000

/**
 * `GET /healthz`: the process answers. `GET /readyz`: it can work, writes included.
 * @param ready rejects when the storage takes no writes
 */
export function health(ready: () => Promise<void>): Middleware {
  let asked: { at: number; answer: Promise<void> } | undefined
  const recently = (): Promise<void> => {
    if (asked === undefined || performance.now() - asked.at > FRESH) {
      asked = { at: performance.now(), answer: ready() }
    }
    return asked.answer
  }
  return async (ctx, next) => {
    const isRead = ctx.method === 'GET' || ctx.method === 'HEAD'
    if (isRead && ctx.path === '/healthz') {
      ctx.state.quiet = true
      ctx.body = { status: 'alive' }
    } else if (isRead && ctx.path === '/readyz') {
      ctx.state.quiet = true
      await recently().then(
        () => (ctx.body = { status: 'ready' }),
        () => sendError(ctx, 503, 'The storage takes no writes'),
      )
    } else {
      await next()
    }
  }
}
