import type { PlainRequest } from '../../contract/request.ts'

/**
 * A request as Python with httpx.
 * @param origin scheme and host that it goes to
 */
export function toHttpx({ method, path, headers, body }: PlainRequest, origin: string): string {
  const [content, sentHeaders] = contentOf(headers, body)
  const lines = [
    `    ${pythonText(method)},`,
    `    ${pythonText(origin + path)},`,
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
    if (value !== undefined) return [[`json=${python(value, '    ')},`], rest]
  }
  if (type === 'application/x-www-form-urlencoded') {
    const fields = [...new URLSearchParams(body)]
    const same = new URLSearchParams(fields).toString() === body
    if (same && new Set(fields.map(([name]) => name)).size === fields.length) {
      return [[`data=${python(Object.fromEntries(fields), '    ')},`], rest]
    }
  }
  return [[`content=${pythonText(body)},`], headers]
}

/** The value, unless Python would write it as another text than this one, spaces aside: `1.0`, a name that comes twice. */
function plainJson(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body)
    const bare = body.replaceAll(/("(?:[^"\\]|\\.)*")|\s+/g, '$1')
    return JSON.stringify(value) === bare ? value : undefined
  } catch {
    return undefined
  }
}

function headersOf(headers: Headers): string {
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  if (names.size === headers.length) return python(Object.fromEntries(headers), '    ')
  return `[${headers.map(([name, value]) => `(${pythonText(name)}, ${pythonText(value)})`).join(', ')}]`
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

/** JSON's escapes are Python's too. */
function pythonText(text: string): string {
  return JSON.stringify(text)
}
