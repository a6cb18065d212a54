import type { Context } from 'koa'

/**
 * Marks a refusal by this server itself, before any work was done: the same request may be sent again after `Retry-After`. A
 * 429 of the project doesn't have it.
 */
export const BUSY_HEADER = 'X-Viva-Busy'

/** @param seconds after which a retry is worthwhile */
export function markBusy(ctx: Context, seconds: number): void {
  ctx.set('Retry-After', String(seconds))
  ctx.set(BUSY_HEADER, '1')
}
