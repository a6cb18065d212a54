import { randomUUID } from 'node:crypto'
import type { Context } from 'koa'

const HEADER = 'x-viva-own'
const secret = randomUUID()

/** Marks requests of this process to itself: their caller has been counted already. No one else knows the value. */
export const OWN_HEADERS: Readonly<Record<string, string>> = { [HEADER]: secret }

/** Whether this process sent the request to itself. */
export function isOwn(ctx: Context): boolean {
  return ctx.get(HEADER) === secret
}
