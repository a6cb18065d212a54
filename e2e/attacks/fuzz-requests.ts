import fc from 'fast-check'
import type { Asked } from './fuzz-client.ts'
import type { DocumentedOperation, Parameter } from './fuzz-document.ts'
import { anyText, invalid, invalidObject, valid } from './fuzz-values.ts'

/** A request and what it was made for. */
export interface Case {
  /** As the document names it: `PATCH /users/{user_id}`. */
  operation: string
  asked: Asked
  /** The parameter or field that was made wrong; undefined where nothing was. */
  wrong?: string
}

/** Parts of one request, before they are written. */
interface Parts {
  path: Record<string, unknown>
  query: Record<string, unknown>
  body: Record<string, unknown> | undefined
}

/** Of so many valid requests of a kind that hashes a password one is sent: each takes the server some 70 ms. */
const HASHING_IS_RARE = 20

export function nameOf({ method, path }: DocumentedOperation): string {
  return `${method} ${path}`
}

/** Requests in which everything is as the document says. @param tokens who asks: a good token, or none */
export function validRequest(
  operations: DocumentedOperation[],
  tokens: readonly string[],
): fc.Arbitrary<Case> {
  return fc.oneof(
    ...operations.map((operation) => ({
      weight: hashes(operation) ? 1 : HASHING_IS_RARE,
      arbitrary: fc
        .tuple(validParts(operation), tokenOf(operation, tokens))
        .map(([parts, token]) => ({ operation: nameOf(operation), asked: written(operation, parts, token) })),
    })),
  )
}

/** Requests with one fault in a parameter or in the body, and a good token. */
export function faultyRequest(operations: DocumentedOperation[], token: string): fc.Arbitrary<Case> {
  const kinds = operations.flatMap((operation) => faultsOf(operation).map((fault) => ({ operation, fault })))
  return fc.oneof(
    ...kinds.map(({ operation, fault }) =>
      fc.tuple(validParts(operation), fault).map(([parts, breakIt]) => {
        const { parts: broken, wrong } = breakIt(parts)
        return {
          operation: nameOf(operation),
          wrong,
          asked: written(operation, broken, operation.secured ? token : undefined),
        }
      }),
    ),
  )
}

type Fault = (parts: Parts) => { parts: Parts; wrong: string }

function faultsOf({ parameters, body }: DocumentedOperation): fc.Arbitrary<Fault>[] {
  const faults: fc.Arbitrary<Fault>[] = []
  for (const { name, in: where, schema } of parameters) {
    // An empty part of a path would be another path.
    const values = invalid(schema, true)?.filter((value) => where === 'query' || value !== '')
    if (values) {
      faults.push(
        values.map((value) => (parts) => ({
          parts: { ...parts, [where]: { ...parts[where], [name]: value } },
          wrong: name,
        })),
      )
    }
  }
  if (body) {
    const faulty = invalidObject(body.schema, isForm(body.mediaType))
    faults.push(
      faulty.map(({ value, field }) => (parts) => ({ parts: { ...parts, body: value }, wrong: field })),
    )
  }
  return faults
}

function validParts({ parameters, body }: DocumentedOperation): fc.Arbitrary<Parts> {
  return fc.record({
    path: valuesOf(parameters.filter((each) => each.in === 'path')),
    query: valuesOf(parameters.filter((each) => each.in === 'query')),
    body: body ? validBody(body) : fc.constant(undefined),
  })
}

function validBody({ mediaType, schema }: NonNullable<DocumentedOperation['body']>) {
  const body = valid(schema) as fc.Arbitrary<Record<string, unknown>>
  // An empty field of a form counts as one that wasn't sent.
  return isForm(mediaType)
    ? body.filter((each) => schema.required?.every((name) => each[name] !== '') ?? true)
    : body
}

function valuesOf(parameters: Parameter[]): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(parameters.map((each) => [each.name, valueOf(each)])), {
    requiredKeys: parameters.filter((each) => each.required).map((each) => each.name),
  })
}

function valueOf({ name, in: where, schema }: Parameter): fc.Arbitrary<unknown> {
  // Whoever waits two seconds for an answer tries few of them.
  if (name === 'ms') return fc.integer({ min: 0, max: 3 })
  // Three people are there; most other ids name nobody.
  return where === 'path'
    ? fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 4 }) }, valid(schema))
    : valid(schema)
}

function tokenOf(
  { secured }: DocumentedOperation,
  tokens: readonly string[],
): fc.Arbitrary<string | undefined> {
  if (!secured) return fc.constant(undefined)
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...tokens) },
    fc.constantFrom(undefined, '', 'x', 'a.b.c'),
  )
}

function hashes({ body }: DocumentedOperation): boolean {
  return body !== undefined && 'password' in (body.schema.properties ?? {})
}

function isForm(mediaType: string): boolean {
  return mediaType === 'application/x-www-form-urlencoded'
}

function written(
  { method, path, body }: DocumentedOperation,
  parts: Parts,
  token: string | undefined,
): Asked {
  const address = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parts.path[name])),
  )
  const query = formOf(parts.query)
  const headers: Record<string, string> = {}
  if (token !== undefined) headers.Authorization = `Bearer ${token}`
  const asked = { method, path: query === '' ? address : `${address}?${query}`, headers }
  if (body === undefined || parts.body === undefined) return asked
  headers['Content-Type'] = body.mediaType
  return { ...asked, body: isForm(body.mediaType) ? formOf(parts.body) : JSON.stringify(parts.body) }
}

function formOf(values: Record<string, unknown>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== null)
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']

const latin1 = fc
  .integer({ min: 0x20, max: 0xff })
  .filter((code) => code !== 0x7f)
  .map((code) => String.fromCharCode(code))

/** What stands in a header; anything else is no HTTP, and is sent as raw bytes. */
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

/** Requests for these paths in which the rest is left to chance; `{…}` of a path is filled with anything. */
export function randomRequest(paths: readonly string[], tokens: readonly string[]): fc.Arbitrary<Asked> {
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

/** Node trims headers, and refuses to send none at all. */
function clean(headers: Partial<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((each): each is [string, string] => each[1] !== undefined),
  )
}
