import { allowOnly, checkDots, EmailSyntaxError, refuseUnsafe, repr, tooMany } from './characters.ts'
import { mapDomain, toAscii, toUnicode } from './idna.ts'

const HOST_CHARACTER = /[a-zA-Z0-9\-.\u{80}-\u{10ffff}]/u
const HOST_NAME = /^[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*$/

// Octets, RFC 1035, section 2.3.4; two of its 255 are for the last dot and the root.
const MAX_DOMAIN_OCTETS = 253
const MAX_LABEL_OCTETS = 63

// IANA's special-use names without `example`, which RFC 6761 requires to be treated like any other.
const SPECIAL_USE = ['arpa', 'invalid', 'local', 'localhost', 'onion', 'test']

// Any character but those that normalization turns into several with a period among them, such as ⒈.
const WITHOUT_DOT = /[^\u2024-\u2026\u2488-\u249b\ufe52\u{1f100}]/u

// The visible characters that UTS #46 refuses.
const NOT_MAPPED = /[\u2ff0-\u2ffb\ufe12\ufe19\ufe30\ufffc\ufffd]/

const INVALID = 'The part after the @-sign contains invalid characters'

/**
 * Validates the name after the @-sign.
 * @returns the name in lower case with `xn--` labels decoded, and its ASCII form
 * @throws {EmailSyntaxError}
 */
export function checkDomainName(written: string): { domain: string; ascii: string } {
  if (written.length > MAX_DOMAIN_OCTETS && [...written].length > MAX_DOMAIN_OCTETS) {
    throw new EmailSyntaxError(
      `The email address is too long after the @-sign ${tooMany(written, MAX_DOMAIN_OCTETS)}.`,
    )
  }
  const name = /^[a-zA-Z0-9.-]*$/.test(written) ? written.toLowerCase() : mapUnusual(written)
  checkDots(
    name,
    'An email address cannot have a {} immediately after the @-sign.',
    'An email address cannot end with a {}.',
    true,
  )
  const labels = name.split('.')
  if (labels.some((label) => /^(?!xn)..--/su.test(label))) {
    throw new EmailSyntaxError(
      'An email address cannot have two letters followed by two dashes immediately after the @-sign or after a period, except Punycode.',
    )
  }
  const ascii = HOST_NAME.test(name) ? name : labels.map(toAscii).join('.')
  checkLengths(ascii, written)
  checkPublic(ascii)
  return { ascii, domain: ascii.includes('xn--') ? toUnicode(ascii) : ascii }
}

/** Refuses characters that no domain may contain, and puts the rest in lower case. */
function mapUnusual(written: string): string {
  allowOnly(HOST_CHARACTER, written, INVALID)
  refuseUnsafe(written)
  allowOnly(WITHOUT_DOT, written, INVALID)
  const refused = [...written].findIndex((character) => NOT_MAPPED.test(character))
  if (refused >= 0) {
    const code = [...written][refused]?.codePointAt(0)?.toString(16).toUpperCase()
    const place = `position ${refused + 1} in ${repr(written)}`
    throw new EmailSyntaxError(`${INVALID} (Codepoint U+${code} not allowed at ${place}).`)
  }
  const name = mapDomain(written)
  allowOnly(HOST_CHARACTER, name, `${INVALID} after Unicode normalization`)
  return name
}

function checkLengths(ascii: string, written: string): void {
  const over = ascii.length - MAX_DOMAIN_OCTETS
  if (over > 0) {
    const reason =
      ascii === written
        ? tooMany(ascii, MAX_DOMAIN_OCTETS)
        : `(${over} byte${over === 1 ? '' : 's'} too many after IDNA encoding)`
    throw new EmailSyntaxError(`The email address is too long after the @-sign ${reason}.`)
  }
  const long = ascii.split('.').find((label) => label.length > MAX_LABEL_OCTETS)
  if (long === undefined) return
  throw new EmailSyntaxError(
    `After the @-sign, periods cannot be separated by so many characters ${tooMany(long, MAX_LABEL_OCTETS)}.`,
  )
}

function checkPublic(ascii: string): void {
  const invalid = 'The part after the @-sign is not valid.'
  if (!ascii.includes('.')) throw new EmailSyntaxError(`${invalid} It should have a period.`)
  if (!/[a-z]$/i.test(ascii)) {
    throw new EmailSyntaxError(`${invalid} It is not within a valid top-level domain.`)
  }
  if (SPECIAL_USE.some((name) => ascii.endsWith(`.${name}`))) {
    throw new EmailSyntaxError(
      'The part after the @-sign is a special-use or reserved name that cannot be used with email.',
    )
  }
}
