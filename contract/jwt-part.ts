/**
 * The text of the header or the payload of a JWT, unverified. Source: RFC 7515, section 3.1.
 * @param part base64url without padding
 * @returns undefined when it is not text in base64url
 */
export function textOfPart(part: string): string | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The JSON of the header or the payload of a JWT, unverified; undefined when it is not JSON in base64url. */
export function jsonOfPart(part: string): unknown {
  try {
    return JSON.parse(textOfPart(part) ?? '') as unknown
  } catch {
    return undefined
  }
}

/** The payload of a JWT; undefined when the value is not one. */
export function payloadOf(token: unknown): unknown {
  const parts = typeof token === 'string' ? token.split('.') : []
  return parts.length === 3 ? jsonOfPart(parts[1] ?? '') : undefined
}
