import type { PlainRequest } from '#contract/request.ts'
import { CannotWrite, sentAddress } from './request-text.ts'
import { bytesOf } from '../curl/utf8.ts'

/**
 * A request as Python with httpx.
 * @param origin scheme and host that it goes to
 * @throws CannotWrite for a method in lower case, which httpx sends in upper case
 */
export function toHttpx({ method, path, headers, body }: PlainRequest, origin: string): string {
  if (method !== method.toUpperCase())
    throw new CannotWrite(`httpx sends every method in upper case, and ${method} is a different method.`)
  const [content, sentHeaders] = contentOf(headers, body)
  const lines = [
    `    ${pythonText(method)},`,
    `    ${pythonText(sentAddress(path, origin))},`,
    ...(sentHeaders.length ? [`    headers=${headersOf(sentHeaders)},`] : []),
    ...content.map((line) => `    ${line}`),
    '    follow_redirects=True,',
  ]
  return `import httpx\n\nresponse = httpx.request(\n${lines.join('\n')}\n)\nprint(response.status_code, response.text)\n`
}

type Headers = PlainRequest['headers']

/** `json=` and `data=` name the content type by themselves; what they would write differently goes as `content=`. */
function contentOf(headers: Headers, body: string | null): [lines: string[], headers: Headers] {
  if (body === null) return [[], headers]
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  const rest = headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  if (type === 'application/json') {
    const value = plainJson(body)
    if (value !== null) return [[`json=${python(value, '    ')},`], rest]
  }
  if (type === 'application/x-www-form-urlencoded') {
    const fields = plainForm(body)
    if (fields !== null) return [[`data=${python(fields, '    ')},`], rest]
  }
  return [[`content=${pythonText(body)},`], headers]
}

/** The value, unless Python would write it differently, spaces aside: `1.0`, a duplicate key. */
function plainJson(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body)
    const bare = body.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')
    const numbers = bare.replaceAll(/"(?:[^"\\]|\\.)*"/g, '').match(/-?\d[\d.eE+-]*/g) ?? []
    const same = JSON.stringify(value) === bare && numbers.every(isWrittenAlike)
    // Half a surrogate pair has no bytes in Python.
    return same && !/\\ud[89a-f]/i.test(bare) ? value : null
  } catch {
    return null
  }
}

/** Python writes fractions below 0.0001 and from 10¹⁶ with an exponent, JavaScript others. */
function isWrittenAlike(number: string): boolean {
  const size = Math.abs(Number(number))
  return /^-?\d+$/.test(number) || (/^-?\d+\.\d+$/.test(number) && size >= 1e-4 && size < 1e16)
}

/** The fields, unless Python would write them differently: it encodes `*`, and JavaScript `~`. */
function plainForm(body: string): Record<string, string> | null {
  const fields = [...new URLSearchParams(body)]
  const same = fields.length > 0 && new URLSearchParams(fields).toString() === body && !/\*|%7E/.test(body)
  return same && new Set(fields.map(([name]) => name)).size === fields.length
    ? Object.fromEntries(fields)
    : null
}

function headersOf(headers: Headers): string {
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  const written = headers.map(([name, value]): [string, string] => [pythonText(name), headerValue(value)])
  if (names.size < headers.length) return `[${written.map((pair) => `(${pair.join(', ')})`).join(', ')}]`
  return `{\n${written.map((pair) => `        ${pair.join(': ')},\n`).join('')}    }`
}

/** httpx accepts ASCII as the text of a header, and bytes for anything else. */
function headerValue(value: string): string {
  if (/^[\t -~]*$/.test(value)) return pythonText(value)
  const bytes = bytesOf(value).replaceAll(
    /[^ -~]|["\\]/g,
    (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`,
  )
  return `b"${bytes}"`
}

/** JSON as a Python literal. */
function python(value: unknown, indent: string): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return pythonText(value)
  if (typeof value !== 'object') return String(value)
  const deeper = `${indent}    `
  const items = Array.isArray(value)
    ? value.map((item) => python(item, deeper))
    : Object.entries(value).map(([key, item]) => `${pythonText(key)}: ${python(item, deeper)}`)
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  if (items.length === 0) return `${open}${close}`
  return `${open}\n${items.map((item) => `${deeper}${item},\n`).join('')}${indent}${close}`
}

/** JSON's escapes are valid in Python. */
function pythonText(text: string): string {
  return JSON.stringify(text)
}
