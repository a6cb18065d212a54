import { JsonDecodeError } from './errors.ts'

const QUOTE = 0x22
const BACKSLASH = 0x5c

const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/**
 * Reads a string whose opening quote stands before `start`.
 * @returns the string, and the index after its closing quote
 * @throws {JsonDecodeError}
 */
export function scanString(text: string, start: number): [value: string, end: number] {
  let value = ''
  let from = start
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) return [value + text.slice(from, at), at + 1]
    if (code < 0x20) throw new JsonDecodeError('Invalid control character at', text, at)
    if (code !== BACKSLASH) continue
    value += text.slice(from, at)
    if (at + 1 === text.length) break
    const escape = text.charAt(at + 1)
    if (escape === 'u') {
      value += String.fromCharCode(hexEscape(text, at))
      from = at + 6
    } else {
      const character = ESCAPES[escape]
      if (character === undefined) throw new JsonDecodeError('Invalid \\escape', text, at)
      value += character
      from = at + 2
    }
    at = from - 1
  }
  throw new JsonDecodeError('Unterminated string starting at', text, start - 1)
}

/** The UTF-16 unit of the `\uXXXX` at index `at`; two units that form a pair are one character without further work. */
function hexEscape(text: string, at: number): number {
  const digits = text.slice(at + 2, at + 6)
  // Python requires one more character after the digits, since the string isn't closed yet.
  if (!/[0-9a-f]{4}/i.test(digits) || at + 6 >= text.length) {
    throw new JsonDecodeError('Invalid \\uXXXX escape', text, at + 1)
  }
  return parseInt(digits, 16)
}
