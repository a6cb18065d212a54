/** The UTF-8 bytes of a text as a string whose characters are those bytes. */
export function bytesOf(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('')
}

/** The text that bytes (one character each) spell in UTF-8, or null when they aren't UTF-8. */
export function textOf(bytes: string): string | null {
  try {
    const array = Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(array)
  } catch {
    return null
  }
}
