/** Headers of an answer that are worth a look, and why. */
const MEANINGS: Record<string, string> = {
  'content-type': 'what the body is',
  'www-authenticate': 'how to authenticate: a 401 must say it',
  allow: 'the methods that this path has',
  location: 'where to go instead',
  'retry-after': 'seconds to wait',
  'x-process-time': 'seconds, measured by AccessLogMiddleware',
  'x-order': 'written by both middlewares: the one added last is outermost',
  'server-timing': 'where the time went; the browser’s own tools show it too',
  traceparent: 'the trace that Inside shows',
  'access-control-allow-origin': 'set by CORSMiddleware: which pages may read this',
  'x-content-type-options': 'set by SecurityHeadersMiddleware: no guessing of types',
  'x-frame-options': 'set by SecurityHeadersMiddleware: no framing',
  'set-cookie': 'a cookie is set',
}

/** Why a header is worth a look, or null when it isn't one of those. */
export function meaningOfHeader(name: string): string | null {
  return MEANINGS[name.toLowerCase()] ?? null
}
