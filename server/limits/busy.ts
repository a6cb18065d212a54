import type { Context } from 'koa'

/**
 * Marks a refusal of this server itself, by which nothing was begun: the same request may be sent again after `Retry-After`.
 * A 429 of the project doesn't have it.
 */
export const BUSY_HEADER = 'X-Viva-Busy'

/** @param seconds after which it is worth asking again */
export function markBusy(ctx: Context, seconds: number): void {
  ctx.set('Retry-After', String(seconds))
  ctx.set(BUSY_HEADER, '1')
}
