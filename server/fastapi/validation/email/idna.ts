import punycode from 'punycode/punycode.js'
import { bidiProblem, hasRightToLeft } from './bidi.ts'
import { EmailSyntaxError, repr } from './characters.ts'

// Each matches one character.
const ALWAYS_VALID = /[\u00df\u03c2\u06fd\u06fe\u0f0b\u3007]/
const NEVER_VALID = /[\u302e\u302f\u0640\u07fa\u3031-\u3035\u303b\u1100-\u11ff\ua960-\ua97f\ud7b0-\ud7ff]/
const IN_CONTEXT = /[\u00b7\u0375\u05f3\u05f4\u30fb\u0660-\u0669\u06f0-\u06f9]/
const LETTER_OR_DIGIT = /[\p{Ll}\p{Lo}\p{Lm}\p{Mn}\p{Mc}\p{Nd}]/u
const IGNORABLE = /[\p{Default_Ignorable_Code_Point}\p{White_Space}]/u

/** Unifies case, width and separators as UTS #46 maps them: `ＢÜCHER。de` becomes `bücher.de`. */
export function mapDomain(domain: string): string {
  if (/^[\0-\x7f]*$/.test(domain)) return domain.toLowerCase()
  return [...domain].map(mapCharacter).join('').normalize('NFC')
}

function mapCharacter(character: string): string {
  if (/[\u3002\uff0e\uff61]/.test(character)) return '.'
  if (/\p{Default_Ignorable_Code_Point}/u.test(character)) return ''
  // The iota subscript has no capital, and yet it is folded. Decomposing first finds it within a letter, too.
  return character.normalize('NFKD').toLowerCase().replaceAll('\u0345', 'ι').normalize('NFKC')
}

/**
 * A label in ASCII: `bücher` becomes `xn--bcher-kva`. The allowed characters are derived as RFC 5892 defines.
 * @throws {EmailSyntaxError}
 */
export function toAscii(label: string): string {
  const isAscii = /^[\0-\x7f]*$/.test(label)
  if (isAscii && !label.startsWith('xn--')) return label
  const problem = isAscii ? decodeLabel(label).problem : labelProblem(label)
  if (problem !== null) throw new EmailSyntaxError(`The part after the @-sign is invalid (${problem}).`)
  const ascii = isAscii ? label : `xn--${punycode.encode(label)}`
  if (ascii.length > 63) {
    throw new EmailSyntaxError('The part after the @-sign is invalid (Label too long).')
  }
  return ascii
}

/**
 * A domain with its `xn--` labels decoded.
 * @throws {EmailSyntaxError} when one of them isn't valid, or the domain breaks the Bidi rule
 */
export function toUnicode(domain: string): string {
  const labels = domain.split('.').map((label) => {
    if (!label.startsWith('xn--')) return label
    const { decoded, problem } = decodeLabel(label)
    if (problem !== null) throw notIdna(problem)
    return decoded
  })
  if (!labels.some(hasRightToLeft)) return labels.join('.')
  for (const label of labels) {
    const problem = bidiProblem(label)
    if (problem !== null) throw notIdna(problem)
  }
  return labels.join('.')
}

function notIdna(problem: string): EmailSyntaxError {
  return new EmailSyntaxError(`The part after the @-sign is not valid IDNA (${problem}).`)
}

/** @param label must not end with a hyphen; no part of a host name does */
function decodeLabel(label: string): { decoded: string; problem: string | null } {
  const encoded = label.slice('xn--'.length)
  const decoded = decodePunycode(encoded)
  if (decoded === null) return malformed('Invalid A-label')
  if (punycode.encode(decoded) !== encoded) {
    return malformed('A-label is not the canonical Punycode encoding of its U-label')
  }
  return { decoded, problem: labelProblem(decoded) }
}

/** Decodes as Python's codec does, which accepts a leading hyphen after an empty run of letters. @returns null if it isn't Punycode */
function decodePunycode(encoded: string): string | null {
  try {
    return punycode.decode(encoded.replace(/^-(?!.*-)/, ''))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return null
  }
}

function malformed(problem: string): { decoded: string; problem: string } {
  return { decoded: '', problem }
}

function labelProblem(label: string): string | null {
  const characters = [...label]
  if (label.slice(2, 4) === '--') return 'Label has disallowed hyphens in 3rd and 4th position'
  if (/^-|-$/.test(label)) return 'Label must not start or end with a hyphen'
  if (/^\p{M}/u.test(label)) return 'Label begins with an illegal combining character'
  const refused = characters.findIndex((_, index) => !isAllowed(characters, index))
  if (refused < 0) return hasRightToLeft(label) ? bidiProblem(label) : null
  const character = characters[refused] ?? ''
  const code = `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
  return IN_CONTEXT.test(character)
    ? `Codepoint ${code} not allowed at position ${refused + 1} in ${repr(label)}`
    : `Codepoint ${code} at position ${refused + 1} of ${repr(label)} not allowed`
}

function isAllowed(label: string[], index: number): boolean {
  const character = label[index] ?? ''
  if (/[a-z0-9-]/.test(character) || ALWAYS_VALID.test(character)) return true
  if (IN_CONTEXT.test(character)) return isAllowedInContext(label, index)
  if (NEVER_VALID.test(character) || IGNORABLE.test(character)) return false
  return LETTER_OR_DIGIT.test(character) && mapCharacter(character) === character
}

/** RFC 5892, appendix A. */
function isAllowedInContext(label: string[], index: number): boolean {
  const [before, character = '', after] = [label[index - 1], label[index], label[index + 1]]
  if (character === '\u00b7') return before === 'l' && after === 'l'
  if (character === '\u0375') return /\p{Script=Greek}/u.test(after ?? '')
  if (/[\u05f3\u05f4]/.test(character)) return /\p{Script=Hebrew}/u.test(before ?? '')
  if (character === '\u30fb')
    return /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(
      label.join('').replaceAll('\u30fb', ''),
    )
  return !(/[\u0660-\u0669]/.test(label.join('')) && /[\u06f0-\u06f9]/.test(label.join('')))
}
