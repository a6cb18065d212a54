import { randomHex } from '../../browser/random.ts'

/**
 * A new W3C trace context, one for each send.
 * Source: Trace Context, https://www.w3.org/TR/trace-context/#traceparent-header. Ids of zeros alone are invalid; 16 random bytes never are.
 */
export function newTrace(): { id: string; traceparent: string } {
  const id = randomHex(16)
  return { id, traceparent: `00-${id}-${randomHex(8)}-01` }
}

/** Headers that a browser keeps for itself: `fetch` drops them without a word. Source: https://fetch.spec.whatwg.org/#forbidden-request-header */
const FORBIDDEN = new Set(
  `accept-charset accept-encoding access-control-request-headers access-control-request-method connection content-length cookie cookie2
   date dnt expect host keep-alive origin referer set-cookie te trailer transfer-encoding upgrade via`.split(
    /\s+/,
  ),
)

/** True for a header that a page can't set. */
export function isForbiddenHeader(name: string): boolean {
  return FORBIDDEN.has(name.toLowerCase()) || /^(proxy|sec)-/i.test(name)
}
