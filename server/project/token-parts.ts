/** Whether a text is a JWS in compact form: three parts of canonical base64url, the first two JSON objects. */
export function isCompact(token: string): boolean {
  const parts = token.split('.')
  return (
    parts.length === 3 &&
    parts.every(isCanonical) &&
    jsonOf(parts[0]) !== undefined &&
    jsonOf(parts[1]) !== undefined
  )
}

/** The header as it says of itself: nothing in it is proven. */
export function headerOf(token: string): Record<string, unknown> {
  return jsonOf(token.split('.')[0]) ?? {}
}

/** The claims as they are written: proven only once the signature is. */
export function claimsOf(token: string): Record<string, unknown> {
  return jsonOf(token.split('.')[1]) ?? {}
}

// Several texts stand for the same bytes where the last letter has bits to spare: only the canonical one is a signature.
function isCanonical(part: string): boolean {
  return Buffer.from(part, 'base64url').toString('base64url') === part
}

function jsonOf(part: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString())
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
