import { parseJson } from '../fastapi/json/parse-json.ts'
import { JsonDecodeError, UnreadableBodyError } from '../fastapi/json/errors.ts'
import type { JsonObject } from '../fastapi/json/json-value.ts'

/** A JWS in compact form, taken apart. Nothing in it is proven before its signature is. */
export interface TokenParts {
  header: JsonObject
  claims: JsonObject
  /** What is signed: the first two parts as they were sent. */
  signed: string
  signature: Buffer
}

/**
 * Takes a token apart as PyJWT does.
 * @returns undefined unless it is three parts of canonical base64url, the first two of them JSON objects
 */
export function partsOf(token: string): TokenParts | undefined {
  const all = token.split('.')
  const [first = '', second = '', third = ''] = all
  const [header, claims] = [objectOf(bytesOf(first)), objectOf(bytesOf(second))]
  const signature = bytesOf(third)
  if (!header || !claims || !signature || all.length !== 3) return undefined
  return { header, claims, signed: `${first}.${second}`, signature }
}

/** A key id is a text, and no extension is known that a verifier must understand. */
export function isUnderstood(header: JsonObject): boolean {
  if (header.has('kid') && typeof header.get('kid') !== 'string') return false
  // RFC 7797: without base64 the payload would come apart from its token.
  if (header.get('b64') === false) return false
  if (!header.has('crit')) return true
  const critical = header.get('crit')
  return (
    Array.isArray(critical) &&
    critical.length > 0 &&
    critical.every((each) => each === 'b64') &&
    header.has('b64')
  )
}

// Several texts stand for the same bytes where the last letter has bits to spare: only the canonical one is taken.
function bytesOf(part: string): Buffer | undefined {
  const [, letters = '', padding = ''] = /^([\w-]*)(={0,2})$/.exec(part) ?? []
  if (letters + padding !== part || (padding !== '' && part.length % 4 > 0)) return undefined
  const bytes = Buffer.from(letters, 'base64url')
  return bytes.toString('base64url') === letters ? bytes : undefined
}

function objectOf(bytes: Buffer | undefined): JsonObject | undefined {
  try {
    const value = bytes && parseJson(bytes)
    return value instanceof Map ? value : undefined
  } catch (error) {
    if (error instanceof JsonDecodeError || error instanceof UnreadableBodyError) return undefined
    throw error
  }
}
