import { isIPv6 } from 'node:net'
import { allowOnly, repr } from './characters.ts'
import { EmailSyntaxError } from './email-syntax-error.ts'

/**
 * Refuses an address in brackets after the @-sign: it is never allowed, but a bad one has its own message.
 * @param literal what stands inside the brackets
 * @throws {EmailSyntaxError} always
 */
export function refuseDomainLiteral(literal: string): never {
  if (/^[0-9.]+$/.test(literal)) {
    const problem = ipv4Problem(literal)
    if (problem === null) throw new EmailSyntaxError(NOT_ALLOWED)
    throw new EmailSyntaxError(
      `The address in brackets after the @-sign is not valid: It is not an IPv4 address (${problem}) or is missing an address literal tag.`,
    )
  }
  if (/^ipv6:/i.test(literal)) throw new EmailSyntaxError(ipv6Message(literal.slice(5)))
  if (!literal.includes(':')) {
    throw new EmailSyntaxError(
      'The part after the @-sign in brackets is not an IPv4 address and has no address literal tag.',
    )
  }
  allowOnly(/[!-ú]/, literal, 'The part after the @-sign contains invalid characters in brackets')
  throw new EmailSyntaxError('The part after the @-sign contains an invalid address literal tag in brackets.')
}

const NOT_ALLOWED = 'A bracketed IP address after the @-sign is not allowed here.'

/** In the words of Python's `ipaddress`. */
function ipv4Problem(address: string): string | null {
  const octets = address.split('.')
  if (octets.length !== 4) return `Expected 4 octets in ${repr(address)}`
  for (const octet of octets) {
    if (octet === '') return `Empty octet not permitted in ${repr(address)}`
    if (octet.length > 3) return `At most 3 characters permitted in ${repr(octet)} in ${repr(address)}`
    if (/^0./.test(octet)) return `Leading zeros are not permitted in ${repr(octet)} in ${repr(address)}`
    if (Number(octet) > 255) return `Octet ${octet} (> 255) not permitted in ${repr(address)}`
  }
  return null
}

function ipv6Message(literal: string): string {
  const start = 'The IPv6 address in brackets after the @-sign is not valid'
  const [address = '', zone, another] = literal.split('%')
  if (zone === '' || another !== undefined) return `${start} (Invalid IPv6 address: "${repr(literal)}").`
  if (isIPv6(address)) return zone !== undefined ? `${start} (It has a zone index).` : NOT_ALLOWED
  if (address === '') return `${start} (Address cannot be empty).`
  if (address.includes('/')) return `${start} (Unexpected '/' in ${repr(address)}).`
  const parts = address.split(':')
  if (parts.length < 3) return `${start} (At least 3 parts expected in ${repr(address)}).`
  const gaps = parts.slice(1, -1).filter((part) => part === '').length
  if (gaps > 1) return `${start} (At most one '::' permitted in ${repr(address)}).`
  const eight = `${start} (Exactly 8 parts expected without '::' in ${repr(address)}).`
  if (gaps === 0 && parts.length !== 8) return eight
  const bad = parts.find((part) => /[^0-9a-f]/i.test(part))
  if (bad !== undefined) {
    return `${start} (Only hex digits permitted in ${repr(bad)} in ${repr(address)}).`
  }
  const long = parts.find((part) => part.length > 4)
  if (long === undefined) return eight
  return `${start} (At most 4 characters permitted in ${repr(long)} in ${repr(address)}).`
}
