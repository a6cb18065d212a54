import type { PlainRequest } from '#contract/request.ts'
import { bytesOf } from '../curl/utf8.ts'
import { sentAddress } from './request-text.ts'

/**
 * A request as JavaScript with `fetch`.
 * @param origin scheme and host that it goes to
 */
export function toFetch({ method, path, headers, body }: PlainRequest, origin: string): string {
  // `fetch` treats each character of a header as one byte.
  const pairs = headers.map(([name, value]): [string, string] => [name, bytesOf(value)])
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  const options = [
    ...(method === 'GET' ? [] : [`method: ${literal(method)}`]),
    ...(headers.length
      ? [`headers: ${literal(names.size === headers.length ? Object.fromEntries(pairs) : pairs)}`]
      : []),
    ...(body === null ? [] : [`body: ${bodyOf(body, names.has('content-type'))}`]),
  ]
  const second = options.length ? `, {\n${options.map((option) => `  ${option},\n`).join('')}}` : ''
  return `const response = await fetch(${literal(sentAddress(path, origin))}${second})\nconsole.log(response.status, await response.text())\n`
}

/** For a text body without a content type, `fetch` would add one; for bytes it doesn't. */
function bodyOf(body: string, typed: boolean): string {
  return typed ? literal(body) : `new TextEncoder().encode(${literal(body)})`
}

function literal(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')
}
