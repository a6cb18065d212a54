import { checkDomainName } from './domain-name.ts'
import { refuseDomainLiteral } from './domain-literal.ts'
import { checkLocalPart } from './local-part.ts'
import { splitAddress } from './split-address.ts'
import { EmailSyntaxError, tooMany } from './characters.ts'
import { trim } from '../trim.ts'

const MAX_INPUT_CHARACTERS = 2048

// Octets, RFC 5321, section 4.5.3.1.3 and errata 1690 of RFC 3696.
const MAX_ADDRESS_OCTETS = 254

// RFC 2142: the names of these mailboxes are case-insensitive.
const ROLES = new Set(
  'info marketing sales support abuse noc security postmaster hostmaster usenet news webmaster www uucp ftp'.split(
    ' ',
  ),
)

// What Python's `str.strip()` removes: JavaScript's white space and a few more characters, but not the byte order mark.
const S = String.raw`(?:(?!\ufeff)[\s\x1c-\x1f\x85])`
const SPACE = new RegExp(S)

// `Ada Lovelace <ada@example.com>`: the name is dropped.
const NAME = String.raw`[\p{L}\p{N}_.!#$%&'*+\-/=?^\x60{|}~]+`
const PRETTY = new RegExp(`^${S}*(?:(?:${NAME}${S}+)*${NAME}|"[^]+")?${S}*<([^\n]+)>${S}*$`, 'u')

/**
 * Validates an email address as Pydantic's `EmailStr` does (email-validator 2.4, without querying the DNS).
 * @returns the address normalised: domain in lower case, everything in NFC
 * @throws {EmailSyntaxError} with the reason
 */
export function validateEmail(written: string): string {
  if (written.length > MAX_INPUT_CHARACTERS && [...written].length > MAX_INPUT_CHARACTERS) {
    throw new EmailSyntaxError(`Length must not exceed ${MAX_INPUT_CHARACTERS} characters`)
  }
  if (/[\r\n]/.test(written)) {
    throw new EmailSyntaxError('Carriage return and line feed characters are not allowed')
  }
  const address = trim(PRETTY.exec(written)?.[1] ?? written, SPACE)
  const parts = splitAddress(address)
  const local = checkLocal(parts.local, parts.isQuoted)
  if (parts.domain === '') throw new EmailSyntaxError('There must be something after the @-sign.')
  if (parts.domain.startsWith('[') && parts.domain.endsWith(']')) {
    refuseDomainLiteral(parts.domain.slice(1, -1))
  }
  const { domain, ascii } = checkDomainName(parts.domain)
  checkLength(`${parts.written}@${parts.domain}`, null)
  checkLength(`${local}@${domain}`, 'after normalization')
  checkLength(`${local}@${ascii}`, 'when the part after the @-sign is converted to IDNA ASCII')
  if (parts.displayName !== null) {
    throw new EmailSyntaxError(
      'A display name and angle brackets around the email address are not permitted here.',
    )
  }
  return `${local}@${domain}`
}

function checkLocal(written: string, isQuoted: boolean): string {
  checkLocalPart(written, isQuoted)
  const local = written.normalize('NFC')
  if (local !== written) {
    try {
      checkLocalPart(local, isQuoted)
    } catch (error) {
      if (!(error instanceof EmailSyntaxError)) throw error
      throw new EmailSyntaxError(`After Unicode normalization: ${error.message}`)
    }
  }
  if (isQuoted) throw new EmailSyntaxError('Quoting the part before the @-sign is not allowed here.')
  return ROLES.has(local.toLowerCase()) ? local.toLowerCase() : local
}

function checkLength(address: string, when: string | null): void {
  const over = Buffer.byteLength(address) - MAX_ADDRESS_OCTETS
  if (over <= 0) return
  throw new EmailSyntaxError(`The email address is too long ${lengthReason(address, over, when)}.`)
}

function lengthReason(address: string, over: number, when: string | null): string {
  const s = over > 1 ? 's' : ''
  if (when !== null) return `${when} (${over} byte${s} too many)`
  const characters = [...address]
  if (characters.length === Buffer.byteLength(address)) return tooMany(address, MAX_ADDRESS_OCTETS)
  const widest = Math.max(...characters.map((character) => Buffer.byteLength(character)))
  const fewest = Math.max(1, Math.floor(over / widest))
  return fewest === over ? `(${over} character${s} too many)` : `(${fewest}-${over} character${s} too many)`
}
