import type { ScenarioRequest } from '../replay/recording.ts'
import type { Chance } from './chance.ts'
import { mutated, formText, jsonText, oddText, partsText } from './invent-body.ts'
import { inventEmail } from './invent-email.ts'
import { inventParts } from './invent-parts.ts'
import { inventToken } from './invent-token.ts'
import { CONTENT_TYPES, INTEGERS } from './oddities.ts'

type Headers = Record<string, string | string[]>

const WRITES = ['POST /users/', 'PUT /users/1', 'PATCH /users/1', 'PATCH /users/2', 'PUT /users/99']
const METHODS = [
  ...['GET', 'GET', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'PURGE'],
  ...['PROPFIND', 'get', 'patch', 'FOO'],
]
const CALLERS = [
  'Bearer {{ada}}',
  'Bearer {{grace}}',
  'bearer  {{ada}}',
  'Bearer x',
  'Basic x',
  'Bearer {{ada}}=',
]
const ALLOWED_ORIGIN = 'http://localhost:5173'
const ORIGINS = [ALLOWED_ORIGIN, 'https://evil.example.com', 'null', '']

/** A random request, usually an odd one. It may use the tokens `ada` and `grace`. */
export function invent(chance: Chance): ScenarioRequest {
  const headers: Headers = {}
  if (chance.oneIn(2)) headers.Authorization = chance.pick(CALLERS)
  if (chance.oneIn(6)) headers.Origin = chance.oneIn(4) ? twoOf(chance, ORIGINS) : chance.pick(ORIGINS)
  return chance.pick(FAMILIES)(chance, headers)
}

type Family = (chance: Chance, headers: Headers) => ScenarioRequest

const anyPath: Family = (chance, headers) =>
  requestOf(`${chance.pick(METHODS)} ${path(chance)}${query(chance, ['ms', 'skip', 'limit'])}`, headers)

const list: Family = (chance, headers) =>
  requestOf(`GET /users/${query(chance, ['skip', 'limit', 'x'])}`, headers)

const json: Family = (chance, headers) => {
  headers['Content-Type'] = typeOr(chance, 'application/json')
  return requestOf(chance.pick(WRITES), headers, {
    text: jsonText(chance),
    ...(chance.oneIn(8) && { chunked: true }),
  })
}

const email: Family = (chance, headers) => {
  const person = { name: 'Odd', email: inventEmail(chance), password: 'long-enough-word' }
  return requestOf('POST /users/', { ...headers, 'Content-Type': 'application/json' }, { json: person })
}

const form: Family = (chance, headers) => {
  headers['Content-Type'] = typeOr(chance, 'application/x-www-form-urlencoded')
  return requestOf('POST /login', headers, { text: formText(chance) })
}

const parts: Family = (chance, headers) => {
  headers['Content-Type'] = typeOr(chance, 'multipart/form-data; boundary=b')
  return requestOf('POST /login', headers, { text: partsText(chance) })
}

const oddParts: Family = (chance, headers) => {
  const [type, body] = inventParts(chance)
  return requestOf(
    'POST /login',
    { ...headers, 'Content-Type': type },
    { hex: Buffer.from(body, 'latin1').toString('hex') },
  )
}

const token: Family = (chance, headers) => {
  const line = chance.pick(['GET /users/me', 'GET /users/me', 'DELETE /users/2', 'PATCH /users/1'])
  return requestOf(line, { ...headers, Authorization: `Bearer ${inHeader(inventToken(chance))}` })
}

const preflight: Family = (chance, headers) => {
  const methods = ['GET', 'PUT', 'TRACE', 'get', '', 'POST']
  const names = ['content-type', 'Authorization, Content-Type', 'x-sandbox', '', ',', 'accept ,content-type']
  return requestOf(`OPTIONS ${path(chance)}`, {
    Origin: chance.oneIn(2) ? ALLOWED_ORIGIN : chance.pick(ORIGINS),
    ...headers,
    'Access-Control-Request-Method': chance.oneIn(6) ? twoOf(chance, methods) : chance.pick(methods),
    ...(chance.oneIn(2) && {
      'Access-Control-Request-Headers': chance.oneIn(6) ? twoOf(chance, names) : chance.pick(names),
    }),
  })
}

const FAMILIES: readonly Family[] = [
  ...[json, json, json, json, email, form, parts, oddParts, oddParts, token, preflight, list],
  ...[anyPath, anyPath, anyPath],
]

function requestOf(line: string, headers: Headers, body: Partial<ScenarioRequest> = {}): ScenarioRequest {
  const [method = '', target = ''] = line.split(' ')
  return { title: line, method, path: target, headers, ...body }
}

function twoOf(chance: Chance, values: readonly string[]): string[] {
  return [chance.pick(values), chance.pick(values)]
}

function typeOr(chance: Chance, usual: string): string {
  return chance.oneIn(6) ? chance.pick(CONTENT_TYPES) : usual
}

function query(chance: Chance, names: string[]): string {
  if (chance.oneIn(5)) return ''
  const pairs = Array.from({ length: 1 + chance.int(3) }, () => {
    const value = chance.oneIn(4) ? oddText(chance, 4) : chance.pick(INTEGERS)
    return `${chance.pick(names)}=${chance.oneIn(3) ? onLine(value, () => '_') : encodeURIComponent(value)}`
  })
  return `?${pairs.join('&')}`
}

function path(chance: Chance): string {
  const id = encodeURIComponent(chance.pick(INTEGERS))
  const way = chance.pick(['async', 'threadpool', 'blocking', 'one-at-a-time', id])
  const odd = onLine(mutated(chance, 'users/1'), encodeURIComponent)
  const paths = [
    '/users/',
    `/users/${id}`,
    `/users/${id}/`,
    '/users',
    '/users/me',
    '/login',
    '/items',
    '/openapi.json',
  ]
  const lab = chance.pick([`wait/${way}`, 'connection', 'connection/async', 'two-calls', 'boom'])
  return chance.pick([...paths, `/lab/${lab}`, `/${odd}`])
}

/** Without the characters that the HTTP parser refuses before any code sees the token. */
function inHeader(text: string): string {
  return text.replace(/[^ -~\u0080-\u00ff]/gu, '')
}

/** The text with the characters replaced that aren't allowed in the first line of a request. */
function onLine(text: string, replace: (character: string) => string): string {
  return text.replace(/[^!-~]|[#?]/gu, replace)
}
