/**
 * Bytes of a text that a schema has checked.
 * @throws what `atob` throws, for a text that is not base64
 */
export function decodeBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}

/** In a loop: spread into one call, a long text would be more arguments than a function takes. */
export function encodeBase64(bytes: Uint8Array): string {
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(byte)
  return btoa(letters)
}
