import { operatorAt, readWord } from './shell-word.ts'

/** The words of one command, and notes on how they were read. */
export interface ShellCommand {
  words: string[]
  notes: string[]
}

const LEFT_OUT = 'The backslash at the end was ignored: there is no line after it.'

/**
 * Splits a command into words as bash does: quotes, escapes, comments and continued lines. Nothing is expanded.
 * @param source the command; line ends of Windows are taken as plain ones
 * @throws SyntaxError, with what to do, for an open quote, text that isn't for bash, and wherever bash would do more than start
 *   one command or would fill something in
 */
export function shellWords(source: string): ShellCommand {
  const notes: string[] = []
  const text = withoutLastBackslash(source.replaceAll('\r\n', '\n'), notes)
  const words: string[] = []
  let at = 0
  while (at < text.length) {
    const char = text[at]
    if (char === ' ' || char === '\t') at += 1
    else if (text.startsWith('\\\n', at)) at += 2
    else if (char === '#') at = endOfLine(text, at)
    else if (char === '\n' || char === ';') {
      if (char === ';' && (words.length === 0 || !isOver(text, at + 1))) throw operatorAt(char)
      if (words.length > 0 && !isOver(text, at + 1)) throw secondCommand(text, at)
      at += 1
    } else {
      const { word, end } = readWord(text, at, notes)
      words.push(word)
      at = end
    }
  }
  return { words, notes }
}

/** A backslash that was copied along with the last line would continue a line that isn't there. */
function withoutLastBackslash(text: string, notes: string[]): string {
  const [, command = text] =
    /^((?:.*[^\\])?(?:\\\\)*)\\(?:\n[ \t\n]*)?$/s.exec(text) ?? /^(.*[ \t\n])\\[ \t\n]+$/s.exec(text) ?? []
  if (command !== text) notes.push(LEFT_OUT)
  return command
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** True when nothing but blanks, comments and empty lines follows. */
function isOver(text: string, at: number): boolean {
  return /^(?:(?:[ \t\n]|\\\n)(?:#[^\n]*(?=\n|$))?)*$/.test(text.slice(at))
}

function secondCommand(text: string, at: number): SyntaxError {
  const line = text.slice(0, at).split('\n').length
  if (/\\[ \t]+$/.test(text.slice(0, at)))
    return new SyntaxError(
      `There is a space after the backslash at the end of line ${line}, so the shell doesn't continue the line. Remove the space.`,
    )
  if (/^\s*(\S*\/)?curl\s/.test(text.slice(at)))
    return new SyntaxError('There are several commands. Paste one curl command at a time.')
  return new SyntaxError(
    `For a shell, the command ends on line ${line}. If it continues, end that line with a backslash; if not, remove what follows.`,
  )
}
