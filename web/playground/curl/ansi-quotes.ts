import { bytesOf } from './utf8.ts'

const LETTERS = new Map(
  Object.entries({
    a: '\x07',
    b: '\b',
    e: '\x1b',
    E: '\x1b',
    f: '\f',
    n: '\n',
    r: '\r',
    t: '\t',
    v: '\v',
    '\\': '\\',
    "'": "'",
    '"': '"',
    '?': '?',
  }),
)

/**
 * Reads `$'…'` as bash does. Source: https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html
 * @returns its bytes, one character each, and the position after the closing quote
 * @throws SyntaxError when it is never closed or contains a NUL, which no word of a command can
 */
export function ansiQuoted(text: string, start: number, notes: string[]): [bytes: string, end: number] {
  let bytes = ''
  let at = start + 2
  while (at < text.length) {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
    if (char === "'") return [bytes, at + 1]
    const [part, length] = char === '\\' ? escape(text.slice(at), notes) : [bytesOf(char), char.length]
    if (part === '\0')
      throw new SyntaxError("There is a NUL in $'…', where a shell would cut the text off. Remove it.")
    bytes += part
    at += length
  }
  throw neverClosed("$'", start)
}

/** The bytes that an escape stands for, and its length in characters. An unknown one stands for itself. */
function escape(text: string, notes: string[]): [bytes: string, length: number] {
  const surrogates = /^\\u(d[89ab][\da-f]{2})\\u(d[c-f][\da-f]{2})/i.exec(text)
  if (surrogates) {
    const note =
      'bash turns surrogate pairs such as \\ud83d\\ude00 into invalid bytes. Here each pair is read as the character that is meant.'
    if (!notes.includes(note)) notes.push(note)
    const units = surrogates.slice(1).map((unit) => Number.parseInt(unit, 16))
    return [bytesOf(String.fromCharCode(...units)), surrogates[0].length]
  }
  const numeric = /^\\(?:([0-7]{1,3})|x([\da-f]{1,2})|u([\da-f]{1,4}))/i.exec(text)
  const long = /^\\U([\da-f]{1,8})/i.exec(text)
  if (long?.[1] !== undefined && text[1] === 'U') return [character(long[1]), long[0].length]
  if (numeric && /^[\dxu]/.test(text.charAt(1))) {
    const [all, octal, hex, unicode] = numeric
    if (unicode !== undefined) return [character(unicode), all.length]
    const code = octal === undefined ? Number.parseInt(hex ?? '', 16) : Number.parseInt(octal, 8)
    return [String.fromCharCode(code & 0xff), all.length]
  }
  // eslint-disable-next-line no-control-regex -- these are the keys that Ctrl goes with
  const control = /^\\c(\\\\|\\(?!')|[\x01-&(-[\]-\x7f])/.exec(text)
  if (text[1] === 'c' && !control) throw new SyntaxError("\\c in $'…' needs a plain character after it.")
  if (control) return [controlOf(control[1] ?? ''), control[0].length]
  const letter = LETTERS.get(text.charAt(1))
  return letter === undefined ? ['\\', 1] : [letter, 2]
}

function character(hex: string): string {
  const code = Number.parseInt(hex, 16)
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
    throw new SyntaxError(`There is no character U+${hex.toUpperCase()}.`)
  return bytesOf(String.fromCodePoint(code))
}

/** `\cA` is Ctrl-A. */
function controlOf(key: string): string {
  return key === '?' ? '\x7f' : String.fromCharCode(key.toUpperCase().charCodeAt(0) & 0x1f)
}

/** The error for a quote that was opened at `start`. */
export function neverClosed(quote: string, start: number): SyntaxError {
  return new SyntaxError(`The quote ${quote} at character ${start + 1} is never closed.`)
}
