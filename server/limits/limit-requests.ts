import type { Middleware } from 'koa'
import { sendError } from '../http/send-error.ts'
import { markBusy } from './busy.ts'
import { clientOf } from './client-address.ts'
import type { Limiter } from './limiter.ts'
import { isOwn } from './own-requests.ts'

/** Limits the requests of each address: 429 with `Retry-After` for those beyond. */
export function limitRequests(limiter: Limiter | undefined): Middleware {
  return async (ctx, next) => {
    const wait = limiter === undefined || isOwn(ctx) ? 0 : await limiter.take(clientOf(ctx))
    if (wait === 0) return next()
    sendError(ctx, 429, 'Too many requests from your address')
    markBusy(ctx, wait)
  }
}
