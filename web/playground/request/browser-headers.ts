import type { PlainRequest } from '#contract/request.ts'

/** Source: https://fetch.spec.whatwg.org/#forbidden-request-header */
const FORBIDDEN = new Set(
  `accept-charset accept-encoding access-control-request-headers access-control-request-method connection content-length cookie cookie2
   date dnt expect host keep-alive origin referer set-cookie te trailer transfer-encoding upgrade via`.split(
    /\s+/,
  ),
)

/** What a request of a page of another origin carries, and what its browser asks with first. */
const CROSS_ORIGIN = /^(origin|access-control-request-(headers|method))$/i

/** The origin that headers name, other than this page's own: the server sends such a request, since no page can set `Origin`. */
export function foreignOrigin(headers: readonly (readonly [name: string, value: string])[]): string | null {
  const origin = headers.find(([name]) => name.toLowerCase() === 'origin')?.[1].trim() ?? ''
  return origin === '' || origin === globalThis.location?.origin ? null : origin
}

/**
 * Whether a header isn't sent. With a foreign origin, what belongs to it is sent, by the server.
 */
export function isLeftOut(
  [name, value]: readonly [name: string, value: string],
  headers: readonly (readonly [name: string, value: string])[],
): boolean {
  return isForbiddenHeader(name, value) && !(CROSS_ORIGIN.test(name) && foreignOrigin(headers) !== null)
}

/**
 * Whether a page can't set a header: `fetch` drops it without an error. User-Agent is one of them because Chromium ignores
 * it, though the standard allows it.
 */
function isForbiddenHeader(name: string, value = ''): boolean {
  if (/^x-(http-method|http-method-override|method-override)$/i.test(name))
    return value.split(',').some((method) => /^(connect|trace|track)$/i.test(method.trim()))
  return FORBIDDEN.has(name.toLowerCase()) || /^(proxy-|sec-|user-agent$)/i.test(name)
}

/**
 * The request as a browser sends it, or the server for it: without the headers that a browser sets itself, several of one name put together, and the
 * standard methods in capitals. Source: https://fetch.spec.whatwg.org/#concept-header-list-combine
 */
export function toBrowserRequest(request: PlainRequest): PlainRequest {
  const headers = new Map<string, [name: string, value: string]>()
  for (const [name, value] of request.headers) {
    if (isLeftOut([name, value], request.headers)) continue
    const before = headers.get(name.toLowerCase())
    const trimmed = value.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '')
    headers.set(name.toLowerCase(), before ? [before[0], `${before[1]}, ${trimmed}`] : [name, trimmed])
  }
  const method = /^(delete|get|head|options|post|put)$/i.test(request.method)
    ? request.method.toUpperCase()
    : request.method
  // A browser has no bytes for half a surrogate pair.
  const body = request.body?.replaceAll(/\p{Surrogate}/gu, '\ufffd') ?? null
  return { ...request, method, headers: [...headers.values()], body }
}
