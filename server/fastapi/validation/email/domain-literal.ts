import { allowOnly, EmailSyntaxError, repr } from './characters.ts'

/**
 * Refuses an address in brackets after the @-sign: it is never allowed, but a malformed one gets its own message.
 * @param literal the text inside the brackets
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
    if (/[^0-9]/.test(octet)) return `Only decimal digits permitted in ${repr(octet)} in ${repr(address)}`
    if (octet.length > 3) return `At most 3 characters permitted in ${repr(octet)} in ${repr(address)}`
    if (/^0./.test(octet)) return `Leading zeros are not permitted in ${repr(octet)} in ${repr(address)}`
    if (Number(octet) > 255) return `Octet ${octet} (> 255) not permitted in ${repr(address)}`
  }
  return null
}

function ipv6Message(literal: string): string {
  const problem = ipv6Problem(literal)
  if (problem !== null) return `${NOT_VALID_IPV6} (${problem}).`
  return literal.includes('%') ? `${NOT_VALID_IPV6} (It has a zone index).` : NOT_ALLOWED
}

const NOT_VALID_IPV6 = 'The IPv6 address in brackets after the @-sign is not valid'

/** In the words of Python's `ipaddress`. */
function ipv6Problem(literal: string): string | null {
  if (literal.includes('/')) return `Unexpected '/' in ${repr(literal)}`
  const [address = '', zone, another] = literal.split('%')
  if (zone === '' || another !== undefined) return `Invalid IPv6 address: "${repr(literal)}"`
  if (address === '') return 'Address cannot be empty'
  const parts = address.split(':')
  if (parts.length < 3) return `At least 3 parts expected in ${repr(address)}`
  const last = parts.at(-1) ?? ''
  if (last.includes('.')) {
    const problem = ipv4Problem(last)
    if (problem !== null) return `${problem} in ${repr(address)}`
    parts.splice(-1, 1, '0', '0')
  }
  const problem = partsProblem(parts) ?? hextetProblem(parts)
  return problem === null ? null : `${problem} in ${repr(address)}`
}

function partsProblem(parts: readonly string[]): string | null {
  if (parts.length > 9) return 'At most 8 colons permitted'
  const gaps = parts.slice(1, -1).filter((part) => part === '').length
  if (gaps > 1) return "At most one '::' permitted"
  if (gaps === 0 && parts.length !== 8) return "Exactly 8 parts expected without '::'"
  // Apart from the `::` only the first and the last part may be empty, and only if the `::` is next to it.
  if (parts[0] === '' && parts[1] !== '') return "Leading ':' only permitted as part of '::'"
  if (parts.at(-1) === '' && parts.at(-2) !== '') return "Trailing ':' only permitted as part of '::'"
  const hextets = parts.filter((part) => part !== '').length
  return gaps === 1 && hextets > 7 ? "Expected at most 7 other parts with '::'" : null
}

function hextetProblem(parts: readonly string[]): string | null {
  for (const part of parts) {
    if (/[^0-9a-f]/i.test(part)) return `Only hex digits permitted in ${repr(part)}`
    if (part.length > 4) return `At most 4 characters permitted in ${repr(part)}`
  }
  return null
}
