import { stripEnd } from '../trim.ts'
import { EmailSyntaxError, refuseUnsafe, show, sorted } from './characters.ts'

export interface SplitAddress {
  /** The text before the angle brackets; null without them. */
  displayName: string | null
  /** The local part as it was written, quotes included. */
  written: string
  local: string
  isQuoted: boolean
  domain: string
}

/**
 * Splits an address into its parts: `local@domain`, `"quoted local"@domain` or `name <local@domain>`.
 * @throws {EmailSyntaxError}
 */
export function splitAddress(address: string): SplitAddress {
  let [written, rest] = splitAtSpecial(address, ['@', '<'])
  let displayName: string | null = null
  if (rest.startsWith('<')) {
    displayName = readDisplayName(stripEnd(written))
    ;[written, rest] = splitAtSpecial(insideBrackets(rest), ['@'])
  }
  const domain = rest.startsWith('@') ? rest.slice(1) : rest
  const [local, isQuoted] = unquote(written)
  return { displayName, written, local, isQuoted, domain }
}

/** Splits before the first of `specials` that isn't quoted or followed by a combining character. */
function splitAtSpecial(text: string, specials: string[]): [string, string] {
  let isInQuotes = false
  let isEscaped = false
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at)
    if (combines(text, at)) continue
    if (isInQuotes) {
      if (character === '"' && !isEscaped) isInQuotes = false
      isEscaped = character === '\\' && !isEscaped
    } else if (character === '"') {
      isInQuotes = true
    } else if (specials.includes(character)) {
      return [text.slice(0, at), text.slice(at)]
    }
  }
  throw new EmailSyntaxError(missingAt(text))
}

/** `<` followed by U+0338 is one character, ≮, which is not a bracket. */
function combines(text: string, at: number): boolean {
  if (text.charCodeAt(at + 1) < 0x80) return false
  return (
    text
      .slice(at, at + 32)
      .normalize('NFC')
      .charAt(0) !== text.charAt(at)
  )
}

function missingAt(text: string): string {
  if (text.includes('＠')) {
    return 'The email address has the "full-width" at-sign (@) character instead of a regular at-sign.'
  }
  if (text.includes('﹫')) {
    return 'The email address has the "small commercial at" character instead of a regular at-sign.'
  }
  return 'An email address must have an @-sign.'
}

function unquote(text: string): [value: string, isQuoted: boolean] {
  if (!text.startsWith('"')) return [text, false]
  let value = ''
  for (let at = 1; at < text.length; at++) {
    if (text[at] === '\\') value += text.charAt(++at)
    else if (text[at] !== '"') value += text.charAt(at)
    else if (at === text.length - 1) break
    else {
      const extra = [...text.slice(at + 1)].map(show).join(', ')
      throw new EmailSyntaxError(`Extra character(s) found after close quote: ${extra}`)
    }
  }
  return [value, true]
}

function readDisplayName(written: string): string {
  const [name, isQuoted] = unquote(written)
  const refused = [...name].filter((character) => !/[a-zA-Z0-9_!#$%&'*+\-/=?^`{|}~ ]/.test(character))
  if (!isQuoted && refused.length > 0) {
    const shown = sorted(new Set(refused.map(show))).join(', ')
    throw new EmailSyntaxError(`The display name contains invalid characters when not quoted: ${shown}.`)
  }
  refuseUnsafe(name, { allowSpace: true })
  return name
}

function insideBrackets(text: string): string {
  if (!text.includes('>')) {
    throw new EmailSyntaxError(
      'An open angle bracket at the start of the email address has to be followed by a close angle bracket at the end.',
    )
  }
  if (!text.endsWith('>')) throw new EmailSyntaxError("There can't be anything after the email address.")
  return text.slice(1, -1)
}
