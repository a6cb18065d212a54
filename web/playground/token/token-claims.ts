import { readJsonText, sourceOf } from '#contract/json-text.ts'
import { encodePart, readToken } from './token.ts'

/** What the claims of the project's tokens mean. Source of the registered ones: RFC 7519 section 4.1. */
const CLAIM_MEANINGS: Record<string, string> = {
  sub: 'subject: the user’s id, as a string',
  iat: 'issued at: when it was created',
  exp: 'expiry: rejected from then on',
  iss: 'issuer: who created it',
  aud: 'audience: where it is valid, here one sandbox',
  nbf: 'not before: rejected until then',
  jti: 'the id of the token',
  created_at: 'when the user was created: after a reset another user may have the same id',
  alg: 'the algorithm it claims to be signed with; a server must list the ones it accepts',
  typ: 'the type of token',
}

/** A claim of a token: its value as the token has it, with times as dates, and what it means if that is known. */
export interface TokenClaim {
  name: string
  value: string
  meaning: string
}

/** The claims of a header or a payload in their order. @param json an object */
export function claimsOf(json: string): TokenClaim[] {
  const root = readJsonText(json)
  if (root?.kind !== 'object') return []
  return root.entries.map(({ key, value }) => {
    const name = JSON.parse(key) as string
    const meaning = Object.hasOwn(CLAIM_MEANINGS, name) ? CLAIM_MEANINGS[name] : undefined
    return {
      name,
      value: sourceOf(value) + dateOf(name, value.kind, sourceOf(value)),
      meaning: meaning ?? '',
    }
  })
}

function dateOf(name: string, kind: string, source: string): string {
  const seconds = Number(source)
  const isTime = kind === 'number' && ['iat', 'exp', 'nbf'].includes(name) && Math.abs(seconds) < 8.64e12
  return isTime ? ` (${new Date(seconds * 1000).toLocaleString()})` : ''
}

/** How long a token is still valid, in words. @param expires Unix seconds, as `now` is */
export function timeLeft(expires: number, now: number): string {
  const seconds = Math.round(expires - now)
  if (seconds <= 0) return `expired ${span(-seconds)} ago`
  return `expires in ${span(seconds)}`
}

function span(seconds: number): string {
  const days = Math.floor(seconds / 86_400)
  if (days > 0) return days === 1 ? '1 day' : `${days} days`
  const minutes = Math.floor((seconds % 3600) / 60)
  const hours = Math.floor(seconds / 3600)
  const rest = String(seconds % 60).padStart(2, '0')
  return hours ? `${hours}:${String(minutes).padStart(2, '0')}:${rest}` : `${minutes}:${rest}`
}

export interface Forgery {
  name: string
  explanation: string
  /** @returns the changed token; throws as `readToken` */
  make: (token: string) => string
}

const body = (token: string): string => token.trim().replace(/^Bearer\s+/i, '')

/** Ways to tamper with a token that a server must detect. */
export const FORGERIES: readonly Forgery[] = [
  {
    name: 'Change the user',
    explanation: 'Changes the subject and keeps the old signature.',
    make: (token) => {
      const { payload } = readToken(token)
      return withParts(token, undefined, { ...payload, sub: payload.sub === '2' ? '1' : '2' })
    },
  },
  {
    name: 'Flip a byte',
    explanation: 'Changes one character of the signature.',
    make: (token) => {
      const [header, payload, signature = ''] = body(token).split('.')
      const first = signature.startsWith('A') ? 'B' : 'A'
      return `${header}.${payload}.${first}${signature.slice(1)}`
    },
  },
  {
    name: 'alg: none',
    explanation: 'Declares that there is no signature, and removes it.',
    make: (token) =>
      `${withParts(token, { alg: 'none', typ: 'JWT' }, undefined).split('.').slice(0, 2).join('.')}.`,
  },
  {
    name: 'Extend the expiry',
    explanation: 'Moves the expiry a year ahead and keeps the old signature.',
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
