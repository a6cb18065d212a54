import { isIP } from 'node:net'
import type { ParameterizedContext } from 'koa'
import { clientOfOwn } from './own-requests.ts'

/**
 * The client that a request is counted for: the address in front of exactly as many proxies as are trusted (Koa's
 * `maxIpsCount`), never what the client itself wrote further left. Anything that isn't an address falls back to the peer.
 * A request of this process to itself counts for the client that asked for it.
 */
export function clientOf(ctx: ParameterizedContext): string {
  const own = clientOfOwn(ctx)
  if (own !== null) return own
  const forwarded = ctx.ips[0] ?? ''
  return clientKey(isIP(forwarded) === 0 ? (ctx.socket.remoteAddress ?? '') : forwarded)
}

/** An IPv6 network of 64 bits is what one customer gets, so it counts as one client: RFC 6177. */
export function clientKey(address: string): string {
  const plain = address.replace(/%.*$/, '').toLowerCase()
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1]
  if (mapped !== undefined) return mapped
  if (isIP(plain) !== 6) return plain
  const [head = '', tail = ''] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === '' ? [] : tail.split(':')
  // The last two groups may be written as an IPv4 address.
  const written = before.length + after.length + (plain.includes('.') ? 1 : 0)
  const zeros = plain.includes('::') ? Array.from({ length: 8 - written }, () => '0') : []
  const groups = [...before, ...zeros, ...after].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
