import { ansiQuoted, neverClosed } from './ansi-quotes.ts'
import { refuseOtherShell, refuseTypography } from './foreign-text.ts'
import { bytesOf, textOf } from './utf8.ts'

/** Replaces quoted characters where only unquoted ones matter. */
const QUOTED = '\0'

/**
 * Reads the word that starts at a position.
 * @param notes receives remarks on it
 * @returns the word, and the position after it
 * @throws SyntaxError where bash would do more than take the word literally
 */
export function readWord(text: string, start: number, notes: string[]): { word: string; end: number } {
  let bytes = ''
  let unquoted = ''
  let at = start
  const quoted = ([part, end]: [bytes: string, end: number]): void => {
    bytes += part
    unquoted += QUOTED
    at = end
  }
  while (at < text.length && !/[ \t\n;]/.test(text.charAt(at))) {
    const char = String.fromCodePoint(text.codePointAt(at) ?? 0)
    if (text.startsWith('\\\n', at)) at += 2
    else if (char === '\\') {
      const next = String.fromCodePoint(text.codePointAt(at + 1) ?? 0)
      quoted([bytesOf(next), at + 1 + next.length])
    } else if (char === "'") quoted(singleQuoted(text, at))
    else if (char === '"') quoted(doubleQuoted(text, at, notes))
    else if (text.startsWith("$'", at)) quoted(ansiQuoted(text, at, notes))
    else if (text.startsWith('$"', at)) quoted(doubleQuoted(text, at + 1, notes))
    else {
      refuseOtherShell(text, at)
      if (/[|&<>()]/.test(char)) throw operatorAt(char)
      refuseExpansion(text, at)
      refuseTypography(char, at === start)
      noteHistory(text, at, notes)
      bytes += bytesOf(char)
      unquoted += char
      at += char.length
    }
  }
  refuseBraces(unquoted)
  const word = textOf(bytes)
  if (word === null) throw new SyntaxError('There are bytes in this command that are not valid UTF-8.')
  return { word, end: at }
}

function singleQuoted(text: string, start: number): [bytes: string, end: number] {
  const end = text.indexOf("'", start + 1)
  if (end < 0) throw neverClosed("'", start)
  return [bytesOf(text.slice(start + 1, end)), end + 1]
}

/** In double quotes a backslash means something before `"`, `\`, `$`, a backtick and the end of a line only. */
function doubleQuoted(text: string, start: number, notes: string[]): [bytes: string, end: number] {
  let part = ''
  for (let at = start + 1; at < text.length; at += 1) {
    const char = text.charAt(at)
    if (char === '"') return [bytesOf(part), at + 1]
    if (char === '\\' && /["\\$`\n]/.test(text.charAt(at + 1))) {
      at += 1
      if (text[at] !== '\n') part += text.charAt(at)
    } else {
      refuseExpansion(text, at)
      noteHistory(text, at, notes)
      part += char
    }
  }
  throw neverClosed('"', start)
}

/** The error for an unquoted character with which bash would do more than start one command. */
export function operatorAt(char: string): SyntaxError {
  return new SyntaxError(
    char === '&'
      ? 'An unquoted “&” ends the command. If it belongs to the URL, put the URL in quotes; if not, remove it and what follows.'
      : `Only a single curl command can be imported, and “${char}” makes the shell do more. Remove it and what follows, or put it in quotes.`,
  )
}

/** Variables and commands whose values only the shell knows. */
function refuseExpansion(text: string, at: number): void {
  const char = text[at]
  const found =
    char === '`' ? '`' : char === '$' ? /^\$([a-z_]\w*|[\d@*#?$!-]|[[{(])/i.exec(text.slice(at))?.[0] : ''
  if (!found) return
  const what = found === '`' || found === '$(' ? 'the output of another command' : 'the value of a variable'
  const rest = text.slice(at)
  const whole = /^(\$\{[^}\s]*\}|\$\([^)]*\)|`[^`]*`)/.exec(rest)?.[0] ?? found
  throw new SyntaxError(
    `The shell would replace “${whole}” with ${what}. Write the value itself, or use single quotes if it is meant literally.`,
  )
}

/** In a terminal, not in a script, bash replaces `!word` by an earlier command. */
function noteHistory(text: string, at: number, notes: string[]): void {
  const event = /^!([^\s="(][^\s"']*)/.exec(text.slice(at))
  if (event?.[0] === undefined) return
  const note = `In a terminal, bash would look up “${event[0]}” in its history. Here it is sent as written.`
  if (!notes.includes(note)) notes.push(note)
}

function refuseBraces(unquoted: string): void {
  if (unquoted.startsWith('~'))
    throw new SyntaxError('The shell would replace “~” with a home directory. Put it in quotes.')
  if (/\{.*,.*\}/s.test(unquoted) || /\{(-?\d+\.\.-?\d+|[a-z]\.\.[a-z])(\.\.-?\d+)?\}/i.test(unquoted))
    throw new SyntaxError('The shell would expand these braces into several words. Put them in quotes.')
}
