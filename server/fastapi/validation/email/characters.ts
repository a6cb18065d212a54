import names from './character-names.json' with { type: 'json' }

const NAMES: Record<string, string> = names

/** The address is refused; the message is email-validator's, the `reason` of Pydantic's error. */
export class EmailSyntaxError extends Error {
  override name = 'EmailSyntaxError'
}

/** A character as messages show it: in quotes if it is visible, else by its Unicode name or number. */
export function show(character: string): string {
  if (character === '\\') return '"\\"'
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return repr(character)
  const point = character.codePointAt(0) ?? 0
  const hex = point.toString(16).toUpperCase().padStart(4, '0')
  return NAMES[hex] ?? `U+${point < 0xffff ? hex : hex.padStart(8, '0')}`
}

/** A text as Python's `repr` shows it. */
export function repr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const shown = [...text].map((character) => {
    if (character === '\\' || character === quote) return `\\${character}`
    if (character === ' ' || !/[\p{Z}\p{C}]/u.test(character)) return character
    if (character === '\t') return '\\t'
    const hex = (character.codePointAt(0) ?? 0).toString(16)
    if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`
    return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
  })
  return `${quote}${shown.join('')}${quote}`
}

/** Sorts as Python does, by code points: JavaScript would put an emoji before ～. */
export function sorted(texts: Iterable<string>): string[] {
  const points = (text: string) => Array.from(text, (character) => character.codePointAt(0) ?? 0)
  return [...texts].sort((one, other) => {
    const [ones, others] = [points(one), points(other)]
    const index = ones.findIndex((point, at) => point !== others[at])
    return index < 0 ? ones.length - others.length : (ones[index] ?? 0) - (others[index] ?? -1)
  })
}

/**
 * Refuses a text with characters that don't match `allowed`.
 * @param allowed matches one allowed character
 * @throws {EmailSyntaxError} with `message` and the refused characters, each once, sorted
 */
export function allowOnly(allowed: RegExp, text: string, message: string): void {
  const refused = new Set([...text].filter((character) => !allowed.test(character)).map(show))
  if (refused.size > 0) throw new EmailSyntaxError(`${message}: ${sorted(refused).join(', ')}.`)
}

/**
 * Refuses characters that are invisible, unassigned or would merge with the character before them.
 * @throws {EmailSyntaxError}
 */
export function refuseUnsafe(text: string, { allowSpace = false } = {}): void {
  if (/^[\x21-\x7e]*$/.test(text)) return
  const unsafe = [...text].filter((character, index) => {
    if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return false
    if (/\p{M}/u.test(character)) return index === 0
    return !(allowSpace && /\p{Zs}/u.test(character))
  })
  if (unsafe.length === 0) return
  const shown = [...new Set(unsafe)]
    .sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0))
    .map(show)
  throw new EmailSyntaxError(`The email address contains unsafe characters: ${shown.join(', ')}.`)
}

/** By how many characters, as Python counts them, a text is over a limit. */
export function tooMany(text: string, limit: number): string {
  const over = [...text].length - limit
  return `(${over} character${over > 1 ? 's' : ''} too many)`
}

/**
 * Refuses periods, and hyphens in a host name, where they are not allowed (RFC 5322, section 3.2.3; RFC 952).
 * @param first message for a text that starts with one; `{}` is replaced by its name
 * @param last the same for a text that ends with one
 * @throws {EmailSyntaxError}
 */
export function checkDots(text: string, first: string, last: string, isHostname: boolean): void {
  if (text.endsWith('.')) throw new EmailSyntaxError(last.replace('{}', 'period'))
  if (text.startsWith('.')) throw new EmailSyntaxError(first.replace('{}', 'period'))
  if (text.includes('..')) throw new EmailSyntaxError('An email address cannot have two periods in a row.')
  if (!isHostname) return
  if (text.endsWith('-')) throw new EmailSyntaxError(last.replace('{}', 'hyphen'))
  if (text.startsWith('-')) throw new EmailSyntaxError(first.replace('{}', 'hyphen'))
  if (text.includes('.-') || text.includes('-.')) {
    throw new EmailSyntaxError('An email address cannot have a period and a hyphen next to each other.')
  }
}
