import { trim } from '../trim.ts'

const SPACE = /[ \t]/

/**
 * Parses a header such as `form-data; name="username"` as python-multipart does: the last of several equal options wins, and
 * those with an asterisk (RFC 5987) are left out.
 * @returns the part before the first semicolon, in lower case, and the options by name
 */
export function parseOptions(header: string): { value: string; options: Map<string, string> } {
  const [value = '', ...parts] = splitAtSemicolons(header).map(inNormalForm)
  const options = new Map<string, string>()
  for (const part of parts) {
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    if (name.includes('*')) continue
    const text = unquoted(equals < 0 ? '' : part.slice(equals + 1))
    options.set(name, name === 'filename' ? lastOfPath(text) : text)
  }
  return { value: value.toLowerCase(), options }
}

/** A semicolon inside quotes doesn't separate. */
function splitAtSemicolons(header: string): string[] {
  const parts: string[] = []
  let [open, quotes]: [string[], number] = [[], 0]
  for (const piece of header.split(';')) {
    open.push(piece)
    quotes += occurrences(piece, '"') - occurrences(piece, '\\"')
    if (quotes % 2 !== 0) continue
    parts.push(open.join(';'))
    ;[open, quotes] = [[], 0]
  }
  return open.length > 0 ? [...parts, open.join(';')] : parts
}

function occurrences(text: string, part: string): number {
  return text.split(part).length - 1
}

/** Without spaces around the part and around its first equals sign. */
function inNormalForm(part: string): string {
  const equals = part.indexOf('=')
  if (equals < 0) return trim(part, SPACE)
  const name = trim(part.slice(0, equals), SPACE).toLowerCase()
  return trim(`${name}=${trim(part.slice(equals + 1), SPACE)}`, SPACE)
}

function unquoted(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value
  return value.slice(1, -1).replaceAll('\\\\', '\\').replaceAll('\\"', '"')
}

/** Internet Explorer 6 sent the full path of a file. */
function lastOfPath(filename: string): string {
  const isPath = filename.slice(1, 3) === ':\\' || filename.startsWith('\\\\')
  return isPath ? filename.slice(filename.lastIndexOf('\\') + 1) : filename
}
