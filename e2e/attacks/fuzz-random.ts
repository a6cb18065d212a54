import fc from 'fast-check'
import type { FuzzRequest } from './fuzz-client.ts'
import { anyText } from './fuzz-values.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']

const latin1 = fc
  .integer({ min: 0x20, max: 0xff })
  .filter((code) => code !== 0x7f)
  .map((code) => String.fromCharCode(code))

/** What a header may contain. Anything else isn't HTTP; fuzz-bytes.ts sends that as raw bytes. */
const headerText = fc.string({
  unit: latin1,
  maxLength: 60,
})

const HEADERS: Record<string, fc.Arbitrary<string>> = {
  'Content-Type': fc.oneof(
    fc.constantFrom(
      'application/json',
      'application/json; charset=utf-16',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=X',
      'multipart/form-data',
      'text/plain',
    ),
    headerText,
  ),
  Authorization: fc.oneof(
    headerText.map((text) => `Bearer ${text}`),
    headerText,
  ),
  'X-Sandbox': fc.oneof(fc.constantFrom('default', 'a'.repeat(26), '../default'), headerText),
  Cookie: fc.oneof(
    headerText,
    headerText.map((text) => `viva_sandbox=${text}`),
    fc.constant(`viva_sandbox=${'a'.repeat(26)}`),
  ),
  traceparent: fc.oneof(headerText, fc.constant(`00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`)),
  Origin: fc.oneof(headerText, fc.constantFrom('null', 'http://localhost:5173', 'https://elsewhere.example')),
  'Sec-Fetch-Site': fc.oneof(headerText, fc.constantFrom('same-origin', 'cross-site')),
  'Access-Control-Request-Method': fc.oneof(headerText, fc.constantFrom(...METHODS)),
  'Access-Control-Request-Headers': headerText,
  'Content-Encoding': fc.constantFrom('gzip', 'deflate', 'identity', 'x'),
  Accept: fc.oneof(headerText, fc.constantFrom('text/html', 'application/json', '*/*')),
  'Accept-Encoding': fc.oneof(headerText, fc.constantFrom('gzip', 'br', 'identity;q=0', '*;q=0')),
  'If-None-Match': headerText,
  Range: fc.oneof(headerText, fc.constant('bytes=5-1')),
  'X-Forwarded-For': headerText,
  'X-Forwarded-Proto': headerText,
  'X-HTTP-Method-Override': fc.constantFrom(...METHODS),
}

const bodies = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.json(),
  fc.json().map((json) => json.slice(0, -1)),
  fc.array(fc.tuple(anyText, anyText)).map((pairs) => new URLSearchParams(pairs).toString()),
  fc.array(fc.tuple(headerText, anyText)).map(multipart),
  fc.integer({ min: 30, max: 40 }).map((depth) => `${'['.repeat(depth)}${']'.repeat(depth)}`),
  fc.constantFrom(
    'x'.repeat(70_000),
    `{"name":"${'x'.repeat(70_000)}"}`,
    '9'.repeat(5_000),
    'NaN',
    '"\\ud800"',
    '{"a":1e999}',
  ),
)

function multipart(parts: [string, string][]): string {
  const written = parts.map(
    ([head, value]) => `--X\r\nContent-Disposition: form-data; ${head}\r\n\r\n${value}\r\n`,
  )
  return `${written.join('')}--X--\r\n`
}

/** Random requests for these paths; `{…}` in a path is replaced by random text. */
export function randomRequest(
  paths: readonly string[],
  tokens: readonly string[],
): fc.Arbitrary<FuzzRequest> {
  const part = fc.oneof(
    anyText.map(encodeURIComponent),
    fc.constantFrom('1', 'me', '..', '%2e%2e', '%00', '%ff', '%', '%2f', ';', '0'),
  )
  const path = fc
    .tuple(
      fc.constantFrom(...paths),
      fc.array(part, { maxLength: 2 }),
      fc.constantFrom('', '', '/', '//', '/x'),
    )
    .map(([known, parts, end]) => known.replace(/\{\w+\}/g, () => parts[0] || '1') + end)
  const odd = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`)
  const query = fc.array(fc.tuple(fc.oneof(anyText, fc.constantFrom('skip', 'limit')), anyText), {
    maxLength: 3,
  })
  const token = fc.constantFrom(...tokens).map((each) => `Bearer ${each}`)
  return fc
    .record({
      method: fc.oneof(
        { weight: 2, arbitrary: fc.constantFrom(...METHODS.slice(0, 7)) },
        fc.constantFrom(...METHODS),
      ),
      path: fc
        .tuple(
          fc.oneof({ weight: 4, arbitrary: path }, odd),
          fc.oneof(
            query.map((pairs) => new URLSearchParams(pairs).toString()),
            anyText.map(encodeURI),
          ),
        )
        .map(([address, search]) => (search === '' ? address : `${address}?${search}`)),
      headers: fc.record(
        { ...HEADERS, Authorization: fc.oneof(HEADERS.Authorization!, token) },
        { requiredKeys: [] },
      ),
      body: fc.option(bodies, { nil: undefined }),
    })
    .map(({ body, ...asked }) => ({
      ...asked,
      headers: clean(asked.headers),
      ...(body !== undefined && { body }),
    }))
}

/** Without undefined headers, which Node refuses to send. */
function clean(headers: Partial<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((each): each is [string, string] => each[1] !== undefined),
  )
}
