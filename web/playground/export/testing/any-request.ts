import fc from 'fast-check'
import type { PlainRequest } from '#contract/request.ts'
import { sentAddress } from '../request-text.ts'

/** Characters that some reader takes for something else than themselves. */
const awkward = fc.constantFrom(...'\'"\\`$!#&|;<>(){}[]*?~@%^=+,:./- \tab10é€😀\u0085\u2028')

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.string({ unit: awkward, maxLength: 20 }),
  fc.string({
    unit: fc.oneof(awkward, fc.constantFrom('\n', '\r\n', '\r', '\x07', '\x1b', '\x7f')),
    maxLength: 30,
  }),
  fc.constantFrom(
    '@file',
    '< file',
    '{{x}}',
    '!!',
    '$(id)',
    '### x',
    '# x\n// y',
    '\n\nx\n\n',
    '',
    ' ',
    '\ufeff{}',
    '%41',
  ),
)
const anyBody = fc.oneof(
  anyText.map((text) => text.replaceAll('\0', '')),
  fc.json(),
  fc.json().map((text) => JSON.stringify(JSON.parse(text), null, 2)),
  fc.constantFrom(
    'null',
    '1.0',
    '1e-7',
    '0.00001',
    '-0',
    '{"a":1,"a":2}',
    '{"2":0,"1":0}',
    '{"__proto__":1}',
    '"\\ud83d"',
    'a=1&b=x+y',
    'a=*~',
    'a=1&a=2',
  ),
)
const standard = fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')
const method = fc.oneof({ weight: 5, arbitrary: standard }, fc.constantFrom('wHat', 'PURGE', 'M-SEARCH'))
const value = anyText.map((text) => text.replaceAll(/[^\P{Cc}\t]/gu, '').replace(/^[\t ]+|[\t ]+$/g, ''))
const header = fc.tuple(fc.stringMatching(/^X-[A-Za-z0-9_.-]{1,8}$/), value)
const type = fc.constantFrom('application/json', 'application/x-www-form-urlencoded', 'text/plain', '')

const path = fc
  .tuple(fc.array(fc.oneof(fc.webSegment(), anyText), { maxLength: 3 }), fc.option(anyText))
  .map(
    ([segments, query]) => `/${segments.join('/')}${query === null ? '' : `?${query.replaceAll('#', '')}`}`,
  )
  .map((written) =>
    sentAddress(written.replaceAll('#', ''), 'http://localhost').slice('http://localhost'.length),
  )
  .filter((sent) => !sent.startsWith('//'))

/** Any request that the playground can send, as a browser writes it. */
export const anyRequest: fc.Arbitrary<PlainRequest> = fc
  .record({
    method,
    path,
    headers: fc.uniqueArray(header, { maxLength: 3, selector: ([name]) => name.toLowerCase() }),
    type: fc.option(type),
    body: fc.option(anyBody, { freq: 4 }),
    reading: fc.option(fc.constantFrom('GET', 'HEAD'), { freq: 1 }),
  })
  .map(({ type: contentType, reading, headers, ...request }) => ({
    ...request,
    ...(reading === null ? {} : { method: reading, body: null }),
    headers: contentType === null ? headers : [['Content-Type', contentType], ...headers],
  }))
