import { jsonOfPart, textOfPart } from '#contract/jwt-part.ts'

/** A decoded JSON Web Token. The signature is left encoded: only the server can check it. */
export interface TokenParts {
  header: Record<string, unknown>
  payload: Record<string, unknown>
  signature: string
  /** The header and the payload as the token has them. */
  text: { header: string; payload: string }
}

/**
 * Decodes a token without verifying it. Source: RFC 7519, RFC 7515 section 3.1.
 * @throws SyntaxError with the reason when it is not a token
 */
export function readToken(token: string): TokenParts {
  const parts = token
    .trim()
    .replace(/^Bearer\s+/i, '')
    .split('.')
  if (parts.length !== 3) {
    throw new SyntaxError(`A JWT has three parts separated by dots; this has ${parts.length}.`)
  }
  const [header = '', payload = '', signature = ''] = parts
  const first = decodePart(header, 'header')
  const second = decodePart(payload, 'payload')
  const text = { header: first.text, payload: second.text }
  return { header: first.json, payload: second.json, signature, text }
}

/** Unix seconds at which a token expires, or null when it has no expiry or isn't a token. */
export function expiryOf(text: string): number | null {
  try {
    const { exp } = readToken(text).payload
    return typeof exp === 'number' ? exp : null
  } catch {
    return null
  }
}

function decodePart(part: string, name: string): { json: Record<string, unknown>; text: string } {
  const text = textOfPart(part)
  const json = jsonOfPart(part)
  if (text === undefined || json === undefined)
    throw new SyntaxError(`The ${name} is not base64url-encoded JSON.`)
  if (json === null || typeof json !== 'object' || Array.isArray(json)) {
    throw new SyntaxError(`The ${name} is JSON, but not an object.`)
  }
  return { json: json as Record<string, unknown>, text }
}

/** JSON as a part of a token: base64url without padding. */
export function encodePart(value: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value))
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
}
