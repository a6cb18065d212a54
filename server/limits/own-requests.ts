import { randomUUID } from 'node:crypto'
import type { ParameterizedContext } from 'koa'

const HEADER = 'x-viva-own'
const secret = randomUUID()

/**
 * Marks a request of this process to itself. No one else knows the value.
 * @param client on whose behalf it is sent, as `clientOf` gives it: that caller has been counted already
 */
export function ownHeaders(client: string): Record<string, string> {
  return { [HEADER]: `${secret} ${client}` }
}

/** Whether this process sent the request to itself. */
export function isOwn(ctx: ParameterizedContext): boolean {
  return clientOfOwn(ctx) !== null
}

/** The client on whose behalf this process sent the request to itself; null for any other request. */
export function clientOfOwn(ctx: ParameterizedContext): string | null {
  const [key, client = ''] = ctx.get(HEADER).split(' ')
  return key === secret ? client : null
}
