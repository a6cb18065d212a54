/**
 * Splits a command as a POSIX shell does: quotes, `$'…'`, backslashes, continued lines. Nothing is expanded.
 * @throws SyntaxError when a quote is never closed, or where the shell would do more than start one command
 */
export function shellWords(text: string): string[] {
  const words: string[] = []
  let word: string | null = null
  let at = 0
  const add = (part: string): void => {
    word = (word ?? '') + part
  }
  while (at < text.length) {
    const char = text[at] ?? ''
    if (/\s/.test(char)) {
      if (word !== null) words.push(word)
      word = null
      at += 1
    } else if (char === '\\') {
      const continued = /^\\\r?\n/.exec(text.slice(at))
      if (continued) at += continued[0].length
      else {
        add(text[at + 1] ?? '')
        at += 2
      }
    } else if (char === "'" || char === '"' || text.startsWith("$'", at)) {
      const [part, after] = quoted(text, at)
      add(part)
      at = after
    } else if (/[|;&<>`]/.test(char) || text.startsWith('$(', at)) {
      throw new SyntaxError(
        `Only one curl command can be read: “${char}” would make the shell do more. Leave it and what follows away.`,
      )
    } else {
      add(char)
      at += 1
    }
  }
  return word === null ? words : [...words, word]
}

function quoted(text: string, start: number): [part: string, after: number] {
  const ansi = text[start] === '$'
  const quote = ansi ? "'" : text[start]
  let part = ''
  let at = start + (ansi ? 2 : 1)
  for (; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === quote) return [part, at + 1]
    if (char !== '\\' || (quote === "'" && !ansi)) part += char
    else {
      const [meant, length] = ansi ? ansiEscape(text.slice(at)) : doubleEscape(text.slice(at))
      part += meant
      at += length - 1
    }
  }
  throw new SyntaxError(`The quote ${ansi ? "$'" : quote} at character ${start + 1} is never closed.`)
}

/** In double quotes a backslash means something before four characters and at the end of a line only. */
function doubleEscape(text: string): [string, number] {
  const line = /^\\\r?\n/.exec(text)
  if (line) return ['', line[0].length]
  return /^\\["\\$`]/.test(text) ? [text[1] ?? '', 2] : ['\\', 1]
}

const ANSI: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  a: '\x07',
  e: '\x1b',
  0: '\0',
}

function ansiEscape(text: string): [string, number] {
  const code = /^\\(?:u([\da-f]{1,4})|U([\da-f]{1,8})|x([\da-f]{1,2}))/i.exec(text)
  const hex = code?.[1] ?? code?.[2] ?? code?.[3]
  if (code && hex !== undefined && Number.parseInt(hex, 16) <= 0x10ffff) {
    return [String.fromCodePoint(Number.parseInt(hex, 16)), code[0].length]
  }
  const letter = text[1] ?? ''
  return [ANSI[letter] ?? letter, 2]
}
