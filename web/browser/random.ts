// `crypto.randomUUID` exists on HTTPS and localhost alone; `crypto.getRandomValues` exists everywhere.

/** @param count number of random bytes */
function randomBytes(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count))
}

/** Random bytes in lower-case hexadecimal. @param count number of bytes, each two digits */
export function randomHex(count: number): string {
  return Array.from(randomBytes(count), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A random UUID, version 4: https://www.rfc-editor.org/rfc/rfc9562#section-5.4 */
export function newId(): string {
  const hex = randomHex(16)
  const variant = '89ab'[parseInt(hex.charAt(16), 16) % 4]
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-')
}

/** A secret that opens something on the server: 32 random bytes in base64url. */
export function newKey(): string {
  return btoa(String.fromCharCode(...randomBytes(32)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
