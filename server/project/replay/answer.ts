import { parseExactly } from './exact-json.ts'
import type { RawAnswer } from './raw-client.ts'
import type { Answer, Json } from './recording.ts'

const COMPARED =
  /^(content-type|www-authenticate|allow|location|x-order|x-content-type-options|x-frame-options|referrer-policy|access-control-.+)$/

/** Keys whose values differ each time, and what such a value must look like. */
const SHAPES = new Map(
  Object.entries({
    created_at: { name: 'time', fits: matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/) },
    access_token: { name: 'token', fits: matches(/^[\w-]+\.[\w-]+\.[\w-]+$/) },
    started: { name: 'milliseconds', fits: isNumber },
    ended: { name: 'milliseconds', fits: isNumber },
  }),
)

function isNumber(value: Json): boolean {
  return typeof value === 'number'
}

function matches(pattern: RegExp): (value: Json) => boolean {
  return (value) => typeof value === 'string' && pattern.test(value)
}

/** What is kept of an answer: times and tokens as shapes, the server's own address as `{{origin}}`. */
export function keepOfAnswer(raw: RawAnswer, origin: string): Answer {
  const headers: Record<string, string> = {}
  for (const [name, value] of [...raw.headers].sort(([a], [b]) => a.localeCompare(b))) {
    if (!COMPARED.test(name)) continue
    const readable = name === 'allow' ? inOrder(value) : value.replace(origin, '{{origin}}')
    headers[name] = name in headers ? `${headers[name]}, ${readable}` : readable
  }
  const kept = { status: raw.status, headers }
  if (raw.body.length === 0) return kept

  const text = raw.body.toString()
  const type = headers['content-type'] ?? ''
  if (type.startsWith('text/html')) return { ...kept, json: { $shape: 'page' } }
  if (type !== 'application/json') return { ...kept, text }
  try {
    return { ...kept, json: withShapes(parseExactly(text)) }
  } catch (error) {
    if (error instanceof SyntaxError) return { ...kept, text }
    throw error
  }
}

/** Starlette keeps methods in a set, so their order changes from one start to the next. */
function inOrder(methods: string): string {
  return methods.split(', ').sort().join(', ')
}

function withShapes(value: Json): Json {
  if (Array.isArray(value)) return value.map(withShapes)
  if (value === 0) return 0 // -0, which JSON.stringify doesn't keep
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const shape = SHAPES.get(key)
      return [key, shape?.fits(inner) ? { $shape: shape.name } : withShapes(inner)]
    }),
  )
}
