import type { JsonPath } from './claim.ts'

/**
 * A value as a JSON text has it written. `JSON.parse` loses how numbers and texts were written, the order of keys that look like numbers,
 * and all but the last of several equal keys. Here `source` and `key` are the exact characters, quotes included.
 */
export type JsonText =
  | { kind: 'object'; entries: { key: string; value: JsonText }[] }
  | { kind: 'list'; items: JsonText[] }
  | { kind: 'string' | 'number' | 'literal'; source: string }

const STRING = String.raw`"[^"\\]*(?:\\.[^"\\]*)*"`
const TOKEN = new RegExp(`${STRING}|[-+.\\w]+|[{}[\\],:]`, 'g')

/** The parts of a JSON text in their order, without the white space between them; null when it isn't JSON. */
export function tokensOf(text: string): string[] | null {
  try {
    JSON.parse(text)
  } catch {
    return null
  }
  return text.match(TOKEN) ?? []
}

/** A JSON text as a tree; null when it isn't JSON. */
export function readJsonText(text: string): JsonText | null {
  const open: Extract<JsonText, { kind: 'object' | 'list' }>[] = []
  let root: JsonText | null = null
  let key = ''
  for (const [index, token] of (tokensOf(text) ?? []).entries()) {
    const inside = open.at(-1)
    if (token === ',' || token === ':') continue
    if (token === '}' || token === ']') {
      open.pop()
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
    if (value.kind === 'object' || value.kind === 'list') open.push(value)
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
 * The characters of a value, without white space between them.
 * @param maxLength a longer text is cut off
 */
export function sourceOf(root: JsonText, maxLength = Infinity): string {
  let written = ''
  // What is still to be written, last first. Not recursive: a text may be nested deeper than the call stack allows.
  const rest: (JsonText | string)[] = [root]
  for (let next = rest.pop(); next !== undefined && written.length < maxLength; next = rest.pop()) {
    if (typeof next === 'string') written += next
    else if (next.kind === 'list') {
      rest.push(']')
      for (const [index, item] of [...next.items.entries()].reverse())
        rest.push(item, ...(index > 0 ? [','] : []))
      rest.push('[')
    } else if (next.kind === 'object') {
      rest.push('}')
      for (const [index, { key, value }] of [...next.entries.entries()].reverse())
        rest.push(value, `${index > 0 ? ',' : ''}${key}:`)
      rest.push('{')
    } else written += next.source
  }
  return written.slice(0, maxLength)
}

/** A JSON text on lines of its own, indented by two spaces as `JSON.stringify` does; null when it isn't JSON. */
export function formatJson(text: string): string | null {
  const tokens = tokensOf(text)
  if (tokens === null) return null
  let depth = 0
  const line = (): string => `\n${'  '.repeat(depth)}`
  return tokens
    .map((token, index) => {
      const opens = tokens[index - 1] === '{' || tokens[index - 1] === '['
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

/** The value at a path, as `valueAt` finds it in parsed JSON; of several equal keys, the last one's. */
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

/** A value saved from a response that wrote it differently from `JSON.stringify`, such as `1.0`. */
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

/** The value to save so that it can be sent exactly as the response wrote it. */
export function verbatimJson(value: unknown, text: JsonText | null): unknown {
  if (text === null || text.kind === 'string') return value
  const source = sourceOf(text)
  return source === JSON.stringify(value) ? value : new VerbatimJson(source, value)
}

/** Replaces strings within a JSON text and keeps everything else as it is written. Keys are not replaced. */
export function replaceTexts(json: string, replacement: (text: string) => string | null): string {
  return json.replaceAll(new RegExp(`(${STRING})(\\s*:)?`, 'g'), (whole, literal: string, colon?: string) =>
    colon === undefined ? (replacement(JSON.parse(literal) as string) ?? whole) : whole,
  )
}
