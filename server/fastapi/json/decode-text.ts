import { UnreadableBodyError } from './errors.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * Decodes the bytes of JSON as Python's `json.loads` does: the encoding is guessed from the first bytes (UTF-8, 16 or 32),
 * a byte order mark is dropped, and lone surrogates pass.
 * @throws {UnreadableBodyError} when the bytes aren't valid in that encoding
 */
export function decodeText(bytes: Uint8Array): string {
  const text = decode(bytes, detectEncoding(bytes))
  return text.startsWith('\ufeff') ? text.slice(1) : text
}

function decode(bytes: Uint8Array, encoding: Encoding): string {
  if (encoding === 'utf-8') return decodeUtf8(bytes)
  return encoding.startsWith('utf-16') ? decodeUtf16(bytes, encoding) : decodeUtf32(bytes, encoding)
}

type Encoding = 'utf-8' | 'utf-16-be' | 'utf-16-le' | 'utf-32-be' | 'utf-32-le'

/** `json.detect_encoding` of Python's standard library; JSON starts with ASCII, so NUL bytes reveal the encoding. */
function detectEncoding(bytes: Uint8Array): Encoding {
  const [a, b, c, d] = bytes
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32-be'
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'utf-32-le' : 'utf-16-le'
  if (a === 0xfe && b === 0xff) return 'utf-16-be'
  if (bytes.length >= 4) {
    if (a === 0) return b === 0 ? 'utf-32-be' : 'utf-16-be'
    if (b === 0) return c === 0 && d === 0 ? 'utf-32-le' : 'utf-16-le'
  } else if (bytes.length === 2) {
    if (a === 0) return 'utf-16-be'
    if (b === 0) return 'utf-16-le'
  }
  return 'utf-8'
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return decodeWithSurrogates(bytes)
  }
}

/**
 * ED A0..BF xx is a surrogate: forbidden in UTF-8, but Python lets it pass here. In Python two of them don't make one character,
 * but in a JavaScript string they would, so the second is replaced by one that can't join the first.
 */
function decodeWithSurrogates(bytes: Uint8Array): string {
  let text = ''
  let from = 0
  for (let at = 0; at + 2 < bytes.length; at++) {
    const [lead, middle, last] = [bytes[at] ?? 0, bytes[at + 1] ?? 0, bytes[at + 2] ?? 0]
    if (lead !== 0xed || middle < 0xa0 || middle > 0xbf || last >> 6 !== 2) continue
    text += strictUtf8(bytes.subarray(from, at))
    const half = 0xd000 | ((middle & 0x3f) << 6) | (last & 0x3f)
    const joins = half >= 0xdc00 && /[\ud800-\udbff]$/.test(text)
    text += String.fromCharCode(joins ? 0xd800 : half)
    from = at + 3
    at += 2
  }
  return text + strictUtf8(bytes.subarray(from))
}

function strictUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new UnreadableBodyError('not UTF-8')
  }
}

function decodeUtf16(bytes: Uint8Array, encoding: Encoding): string {
  if (bytes.length % 2 === 1) throw new UnreadableBodyError('truncated UTF-16')
  const copy = Buffer.from(bytes)
  return (encoding === 'utf-16-be' ? copy.swap16() : copy).toString('utf16le')
}

function decodeUtf32(bytes: Uint8Array, encoding: Encoding): string {
  if (bytes.length % 4 > 0) throw new UnreadableBodyError('truncated UTF-32')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const point = view.getUint32(at, encoding === 'utf-32-le')
    if (point > 0x10ffff) throw new UnreadableBodyError('not UTF-32')
    text += String.fromCodePoint(point)
  }
  return text
}
