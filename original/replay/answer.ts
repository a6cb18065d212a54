import { parseExactly } from './exact-json.ts'
import type { RawAnswer } from './raw-client.ts'
import type { Answer, Json } from './recording.ts'

const COMPARED =
  /^(content-type|content-length|www-authenticate|allow|location|x-order|x-content-type-options|x-frame-options|referrer-policy|access-control-.+)$/

/** A UTC time as Pydantic writes it: with microseconds, unless they are zero. */
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?Z$/
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]{43}$/

/** Keys whose values differ each time, and the shape to record instead; undefined if the value doesn't look like one. */
const SHAPES = new Map<string, (value: Json) => Json | undefined>(
  Object.entries({
    created_at: (value) => (isText(value, TIME) ? { $shape: 'time' } : undefined),
    access_token: (value) => (isText(value, TOKEN) ? tokenShape(value) : undefined),
    started: (value) => (typeof value === 'number' ? { $shape: 'milliseconds' } : undefined),
    ended: (value) => (typeof value === 'number' ? { $shape: 'milliseconds' } : undefined),
  }),
)

function isText(value: Json, pattern: RegExp): value is string {
  return typeof value === 'string' && pattern.test(value)
}

/** Header and claims in their order, without the times. */
function tokenShape(token: string): Json | undefined {
  const [header, claims] = token
    .split('.', 2)
    .map((part) => parsed(Buffer.from(part, 'base64url').toString()))
  if (!isObject(header) || !isObject(claims)) return undefined
  const { iat, exp } = claims
  if (typeof iat !== 'number' || typeof exp !== 'number') return undefined
  const times: Record<string, Json> = {
    iat: { $shape: 'seconds' },
    exp: { $shape: 'seconds', afterIat: exp - iat },
    created_at: { $shape: 'time' },
  }
  const shown = Object.entries(claims).map(([name, value]) => [name, times[name] ?? value] as const)
  return { $shape: 'token', header, claims: Object.fromEntries(shown) }
}

/** What is recorded of a response: times and tokens as shapes, the server's own address as `{{origin}}`. */
export function keepOfAnswer(raw: RawAnswer, origin: string): Answer {
  const headers: Record<string, string> = {}
  for (const [name, value] of [...raw.headers].sort(([a], [b]) => a.localeCompare(b))) {
    if (!COMPARED.test(name)) continue
    const readable = name === 'allow' ? inOrder(value) : value.replace(origin, '{{origin}}')
    headers[name] = name in headers ? `${headers[name]}, ${readable}` : readable
  }
  const { status } = raw
  const type = headers['content-type'] ?? ''
  const isPage = type.startsWith('text/html')
  const kept = { status, headers: isPage ? withoutLength(headers) : headers }
  if (raw.body.length === 0) return kept

  const text = raw.body.toString()
  if (isPage) return { ...kept, json: { $shape: 'page' } }
  if (type !== 'application/json') return { ...kept, text }
  const plain = parsed(text)
  if (plain === undefined) return { ...kept, text }
  const json = withShapes(parseExactly(text))
  if (holdsShape(json)) return { status, headers: withoutLength(headers), json }
  // Parsing loses numbers such as 30.0, spaces and the order of keys like "404": then the text is compared, too.
  return JSON.stringify(plain) === text ? { ...kept, json } : { ...kept, json, text }
}

function withoutLength({ 'content-length': _, ...headers }: Record<string, string>): Record<string, string> {
  return headers
}

/** Undefined if the text isn't JSON. */
function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function holdsShape(value: Json): boolean {
  if (Array.isArray(value)) return value.some(holdsShape)
  return isObject(value) && ('$shape' in value || Object.values(value).some(holdsShape))
}

/** Starlette keeps methods in a set, so their order changes from one start to the next. */
function inOrder(methods: string): string {
  return methods.split(', ').sort().join(', ')
}

function withShapes(value: Json): Json {
  if (Array.isArray(value)) return value.map(withShapes)
  if (value === 0) return 0 // -0, which JSON.stringify doesn't keep
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, SHAPES.get(key)?.(inner) ?? withShapes(inner)]),
  )
}
