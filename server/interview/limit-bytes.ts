import type { Middleware } from 'koa'
import { MAX_BODY_BYTES } from '../http/body-limits.ts'
import { clientOf } from '../limits/client-address.ts'
import type { Limiter } from '../limits/limiter.ts'
import { sendBusy } from './answers.ts'

export const WROTE_TOO_MUCH = 'Too much has been written to interviews from your address within the past hour'

/** Limits what one address may write to the disk, by the Content-Length of requests that write. */
export function limitBytes(limiter: Limiter): Middleware {
  return async (ctx, next) => {
    if (ctx.method !== 'POST') return next()
    const wait = await limiter.take(clientOf(ctx), ctx.request.length ?? MAX_BODY_BYTES)
    return wait === 0 ? next() : sendBusy(ctx, 429, WROTE_TOO_MUCH, wait)
  }
}
