import type { PlainRequest } from '#contract/request.ts'
import { CannotWrite, sentAddress } from '../export/request-text.ts'

/** Linux takes no longer argument, in bytes with the NUL that ends it. Source: MAX_ARG_STRLEN, execve(2). */
const MAX_ARGUMENT_BYTES = 131_072

/**
 * A request as one curl command for bash, zsh and ksh.
 * @param origin scheme and host that it goes to
 * @throws CannotWrite for what no word of a command can contain
 */
export function toCurl({ method, path, headers, body }: PlainRequest, origin: string): string {
  const address = sentAddress(path, origin)
  const verb =
    method === 'GET' && body === null
      ? []
      : method === 'HEAD' && body === null
        ? ['-I']
        : [`-X ${/^[\w-]+$/.test(method) ? method : shellQuote(method)}`]
  // Without -g, curl would read brackets and braces as a pattern for several addresses.
  const literal = /[[\]{}]/.test(address) ? ['-g'] : []
  const parts = [
    ['curl', ...literal, ...verb, shellQuote(address)].join(' '),
    // A header without a value is written with a semicolon; a colon would take the header away.
    ...headers.map(([name, value]) => `-H ${shellQuote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    // curl would name a content type of its own.
    ...(body !== null && !has(headers, 'content-type') ? ["-H 'Content-Type:'"] : []),
    ...(body === null ? [] : [`--data-raw ${shellQuote(body)}`]),
  ]
  return parts.join(' \\\n  ')
}

function has(headers: PlainRequest['headers'], name: string): boolean {
  return headers.some(([given]) => given.toLowerCase() === name)
}

function shellQuote(text: string): string {
  if (text.includes('\0'))
    throw new CannotWrite('This request contains a NUL character, which no command line can hold.')
  if (new TextEncoder().encode(text).length >= MAX_ARGUMENT_BYTES)
    throw new CannotWrite('This request is too long for a command line: Linux limits an argument to 128 KB.')
  // A terminal would take these for keys, and a browser would change line ends when the command is pasted back.
  if (/[^\P{Cc}\n]/u.test(text)) return `$'${text.replaceAll(/[\p{Cc}\\'!]/gu, escaped)}'`
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** In octal, whose length is fixed: in hexadecimal a digit that follows would be read as part of it. */
function escaped(char: string): string {
  if (char === '\n') return '\\n'
  if (char === '\\' || char === "'") return `\\${char}`
  return Array.from(new TextEncoder().encode(char), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join(
    '',
  )
}
