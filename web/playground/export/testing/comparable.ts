/** What clients add by themselves, each its own; a body's length is seen in the body. */
const OF_THE_CLIENT =
  /^(host|connection|content-length|accept-encoding|accept-language|sec-fetch-mode|user-agent: (curl\/|node|python-httpx|httpyac).*|accept: \*\/\*)(: |$)/i

/**
 * A request without what two clients may write differently: their own headers, the order of headers, the boundary of a form, which
 * is random, and the case of percent-encoding.
 */
export function comparable(
  method: string,
  target: string,
  headers: readonly (readonly [name: string, value: string])[],
  body: string,
): object {
  const lines = headers
    .map(
      ([name, value]) =>
        `${name.toLowerCase()}: ${/^cookie$/i.test(name) ? value.replaceAll('; ', ';') : value}`,
    )
    .filter((line) => !OF_THE_CLIENT.test(line))
    .sort()
  const withoutBoundary = (text: string): string => text.replaceAll(/-{24}[\da-zA-Z]{16,22}/g, 'BOUNDARY')
  return {
    method,
    target: target.replaceAll(/%[\da-f]{2}/gi, (code) => code.toUpperCase()),
    headers: lines.map(withoutBoundary),
    body: withoutBoundary(body),
  }
}
