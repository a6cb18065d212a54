/**
 * Decodes base64 that a schema has checked.
 * @throws DOMException when the text isn't base64
 */
export function decodeBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
}

/** Encodes in a loop: bytes spread into one call could be more arguments than a function takes. */
export function encodeBase64(bytes: Uint8Array): string {
  let letters = ''
  for (const byte of bytes) letters += String.fromCharCode(byte)
  return btoa(letters)
}
