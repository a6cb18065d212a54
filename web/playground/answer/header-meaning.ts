/** Response headers worth looking at, and why. */
const MEANINGS: Record<string, string> = {
  'content-type': 'the type of the body',
  'www-authenticate': 'how to authenticate: every 401 must include it',
  allow: 'the methods that this path supports',
  location: 'where to go instead',
  'retry-after': 'how many seconds to wait',
  'x-process-time': 'seconds, measured by AccessLogMiddleware',
  'x-order': 'written by both middlewares: the one added last is outermost',
  'server-timing': 'where the time went; the browser’s developer tools show it too',
  traceparent: 'the trace that the Inside tab shows',
  'access-control-allow-origin': 'set by CORSMiddleware: which pages may read this',
  'x-content-type-options': 'set by SecurityHeadersMiddleware: no MIME sniffing',
  'x-frame-options': 'set by SecurityHeadersMiddleware: no page may frame this',
  'set-cookie': 'sets a cookie',
}

/** Why a header is worth looking at, or null when it isn't. */
export function meaningOfHeader(name: string): string | null {
  return MEANINGS[name.toLowerCase()] ?? null
}
