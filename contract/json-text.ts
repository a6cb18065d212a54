import type { JsonPath } from './claim.ts'

/**
 * A value as a JSON text has it. `JSON.parse` loses how numbers and texts were written, the order of keys that look like numbers,
 * and all but the last of several equal keys; here `source` and `key` are the very characters, quotes included.
 */
export type JsonText =
  | { kind: 'object'; entries: { key: string; value: JsonText }[] }
  | { kind: 'list'; items: JsonText[] }
  | { kind: 'string' | 'number' | 'literal'; source: string }

const STRING = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`
const TOKEN = new RegExp(`${STRING}|[-+.\\w]+|[{}[\\],:]`, 'g')

/** The parts of a JSON text in their order, without the space between them; null when it is not JSON. */
export function tokensOf(text: string): string[] | null {
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  return text.match(TOKEN) ?? []
}

/** A JSON text as a tree; null when it is not JSON. */
export function readJsonText(text: string): JsonText | null {
  const around: Extract<JsonText, { kind: 'object' | 'list' }>[] = []
  let root: JsonText | null = null
  let key = ''
  for (const [index, token] of (tokensOf(text) ?? []).entries()) {
    const inside = around.at(-1)
    if (token === ',' || token === ':') continue
    if (token === '}' || token === ']') {
      around.pop()
      continue
    }
    if (inside?.kind === 'object' && key === '') {
      key = token
      continue
    }
    const value = valueOf(token)
    if (inside?.kind === 'object') inside.entries.push({ key, value })
    else inside?.items.push(value)
    key = ''
    if (index === 0) root = value
    if (value.kind === 'object' || value.kind === 'list') around.push(value)
  }
  return root
}

function valueOf(token: string): JsonText {
  if (token === '{') return { kind: 'object', entries: [] }
  if (token === '[') return { kind: 'list', items: [] }
  if (token.startsWith('"')) return { kind: 'string', source: token }
  return { kind: /^[-\d]/.test(token) ? 'number' : 'literal', source: token }
}

/**
 * The characters of a value, without the space between them.
 * @param most how many are wanted at most; what is longer is cut off
 */
export function sourceOf(root: JsonText, most = Infinity): string {
  let written = ''
  // A list of what is still to be written, last first: a text may be nested deeper than calls can be.
  const rest: (JsonText | string)[] = [root]
  for (let next = rest.pop(); next !== undefined && written.length < most; next = rest.pop()) {
    if (typeof next === 'string') written += next
    else if (next.kind === 'list') {
      rest.push(']')
      for (const [at, item] of [...next.items.entries()].reverse()) rest.push(item, ...(at > 0 ? [','] : []))
      rest.push('[')
    } else if (next.kind === 'object') {
      rest.push('}')
      for (const [at, { key, value }] of [...next.entries.entries()].reverse())
        rest.push(value, `${at > 0 ? ',' : ''}${key}:`)
      rest.push('{')
    } else written += next.source
  }
  return written.slice(0, most)
}

/** A JSON text on lines of its own, indented by two spaces as `JSON.stringify` does; null when it is not JSON. */
export function formatJson(text: string): string | null {
  const tokens = tokensOf(text)
  if (tokens === null) return null
  let depth = 0
  const line = (): string => `\n${'  '.repeat(depth)}`
  return tokens
    .map((token, at) => {
      const opens = tokens[at - 1] === '{' || tokens[at - 1] === '['
      if (token === '}' || token === ']') {
        depth -= 1
        return opens ? token : line() + token
      }
      const before = opens ? line() : ''
      if (token === '{' || token === '[') depth += 1
      if (token === ',') return `,${line()}`
      return before + (token === ':' ? ': ' : token)
    })
    .join('')
}

/** The value at a path, as `valueAt` finds it in parsed JSON; of several equal keys it is the last. */
export function textAt(root: JsonText | null, path: JsonPath): JsonText | null {
  const segments = typeof path === 'string' ? path.split('.').filter((part) => part !== '') : path
  let value: JsonText | null | undefined = root
  for (const segment of segments) {
    if (value?.kind === 'list') value = value.items.at(Number(segment))
    else if (value?.kind === 'object')
      value = value.entries.findLast(({ key }) => JSON.parse(key) === String(segment))?.value
    else return null
  }
  return value ?? null
}

/** A value that was saved from an answer and that JSON would write otherwise than the answer did, such as `1.0`. */
export class VerbatimJson {
  readonly source: string
  readonly value: unknown

  constructor(source: string, value: unknown) {
    this.source = source
    this.value = value
  }

  toString(): string {
    return this.source
  }
}

/** What is saved of a value, so that it can be written again as it was. */
export function verbatimJson(value: unknown, text: JsonText | null): unknown {
  if (text === null || text.kind === 'string') return value
  const source = sourceOf(text)
  return source === JSON.stringify(value) ? value : new VerbatimJson(source, value)
}

/** Replaces texts within a JSON text; all else stays as it is written. Keys are not replaced. */
export function replaceTexts(json: string, replacement: (text: string) => string | null): string {
  return json.replaceAll(new RegExp(`(${STRING})(\\s*:)?`, 'g'), (whole, literal: string, colon?: string) =>
    colon === undefined ? (replacement(JSON.parse(literal) as string) ?? whole) : whole,
  )
}
