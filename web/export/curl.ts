import type { PlainRequest } from '../../contract/request.ts'

/**
 * A request as one curl command for a POSIX shell.
 * @param origin scheme and host that it goes to
 */
export function toCurl({ method, path, headers, body }: PlainRequest, origin: string): string {
  const verb =
    method === 'GET' && body === null ? [] : method === 'HEAD' ? ['-I'] : [`-X ${shellWord(method)}`]
  const parts = [
    ['curl', ...verb, shellQuote(origin + path)].join(' '),
    // A header without a value is written with a semicolon; a colon would take the header away.
    ...headers.map(([name, value]) => `-H ${shellQuote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    // curl would name a content type of its own.
    ...(body !== null && !has(headers, 'content-type') ? ["-H 'Content-Type:'"] : []),
    ...(body === null ? [] : [`--data-raw ${shellQuote(body)}`]),
  ]
  return parts.join(' \\\n  ')
}

export function has(headers: PlainRequest['headers'], name: string): boolean {
  return headers.some(([given]) => given.toLowerCase() === name)
}

function shellWord(text: string): string {
  return /^[\w-]+$/.test(text) ? text : shellQuote(text)
}

function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
