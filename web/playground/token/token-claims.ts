import { encodePart, readToken } from './token.ts'

/** What the claims of the project's tokens mean. Source of the registered ones: RFC 7519 section 4.1. */
export const CLAIM_MEANINGS: Record<string, string> = {
  sub: 'subject: whose token it is, the user’s id as a string',
  iat: 'issued at: when it was made',
  exp: 'expires: not accepted from then on',
  iss: 'issuer: who made it',
  aud: 'audience: where it is good, here one sandbox',
  nbf: 'not before: not accepted until then',
  jti: 'the token’s own id',
  created_at: 'when the user was created: after a reset another user may have the same id',
  alg: 'the algorithm it says it was signed with; a server must name the ones it accepts',
  typ: 'what it is',
}

/** A value of a claim in words: times as dates. */
export function claimText(name: string, value: unknown): string {
  if (['iat', 'exp', 'nbf'].includes(name) && typeof value === 'number' && Math.abs(value) < 8.64e12) {
    return `${value} (${new Date(value * 1000).toLocaleString()})`
  }
  return JSON.stringify(value) ?? ''
}

/** What is left of a token's time, in words. */
export function timeLeft(expires: number, now: number): string {
  const seconds = Math.round(expires - now)
  if (seconds <= 0) return `expired ${span(-seconds)} ago`
  return `expires in ${span(seconds)}`
}

function span(seconds: number): string {
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} days`
  const minutes = Math.floor((seconds % 3600) / 60)
  const hours = Math.floor(seconds / 3600)
  const rest = String(seconds % 60).padStart(2, '0')
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

export interface Forgery {
  name: string
  says: string
  /** @returns the changed token; throws as `readToken` */
  make: (token: string) => string
}

const body = (token: string): string => token.trim().replace(/^Bearer\s+/i, '')

/** Ways to change a token that a server must notice. */
export const FORGERIES: readonly Forgery[] = [
  {
    name: 'Be someone else',
    says: 'The subject is changed and the old signature kept.',
    make: (token) => {
      const { payload } = readToken(token)
      return withParts(token, undefined, { ...payload, sub: payload.sub === '2' ? '1' : '2' })
    },
  },
  {
    name: 'Flip a byte',
    says: 'One character of the signature is changed.',
    make: (token) => {
      const [header, payload, signature = ''] = body(token).split('.')
      const first = signature.startsWith('A') ? 'B' : 'A'
      return `${header}.${payload}.${first}${signature.slice(1)}`
    },
  },
  {
    name: 'alg: none',
    says: 'The header says that there is no signature, and there is none.',
    make: (token) =>
      `${withParts(token, { alg: 'none', typ: 'JWT' }, undefined).split('.').slice(0, 2).join('.')}.`,
  },
  {
    name: 'Live longer',
    says: 'The expiry is put off by a year, the old signature kept.',
    make: (token) => {
      const { payload } = readToken(token)
      const exp = typeof payload.exp === 'number' ? payload.exp : Math.floor(Date.now() / 1000)
      return withParts(token, undefined, { ...payload, exp: exp + 31_536_000 })
    },
  },
]

function withParts(token: string, header: unknown, payload: unknown): string {
  readToken(token)
  const [oldHeader, oldPayload, signature] = body(token).split('.')
  return [
    header === undefined ? oldHeader : encodePart(header),
    payload === undefined ? oldPayload : encodePart(payload),
    signature,
  ].join('.')
}
