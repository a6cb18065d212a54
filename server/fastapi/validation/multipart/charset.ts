type Decode = (bytes: Buffer) => string
type Charset = `utf-${'8' | '8-sig' | `${16 | 32}${'' | '-le' | '-be'}`}`

const strict = (encoding: string): Decode => {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  return (bytes) => decoder.decode(bytes)
}

const latin1: Decode = (bytes) => bytes.toString('latin1')

/** @throws {RangeError} for bytes that aren't Unicode text */
function utf32(bytes: Buffer, littleEndian: boolean): string {
  if (bytes.length % 4 > 0) throw new RangeError('truncated UTF-32')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const points = Array.from({ length: bytes.length / 4 }, (_, index) =>
    view.getUint32(index * 4, littleEndian),
  )
  if (points.some((point) => point >= 0xd800 && point <= 0xdfff)) throw new RangeError('lone surrogate')
  return String.fromCodePoint(...points)
}

/** As in Python, a byte order mark decides; without one it is little-endian. */
const utf16: Decode = (bytes) => {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return DECODERS['utf-16-be'](bytes.subarray(2))
  return DECODERS['utf-16-le'](bytes[0] === 0xff && bytes[1] === 0xfe ? bytes.subarray(2) : bytes)
}

const DECODERS: Record<Charset, Decode> = {
  'utf-8': strict('utf-8'),
  'utf-8-sig': (bytes) => DECODERS['utf-8'](bytes).replace(/^\ufeff/, ''),
  'utf-16': utf16,
  'utf-16-le': strict('utf-16le'),
  'utf-16-be': strict('utf-16be'),
  'utf-32': (bytes) => {
    if (bytes.length >= 4 && bytes.readUInt32BE() === 0xfeff) return utf32(bytes.subarray(4), false)
    return utf32(bytes.length >= 4 && bytes.readUInt32LE() === 0xfeff ? bytes.subarray(4) : bytes, true)
  },
  'utf-32-le': (bytes) => utf32(bytes, true),
  'utf-32-be': (bytes) => utf32(bytes, false),
}

/** Python's names of the charsets, as `codecs.lookup` normalizes them: https://docs.python.org/3/library/codecs.html#standard-encodings */
const NAMES: Record<Charset, readonly string[]> = {
  'utf-8': ['utf_8', 'u8', 'utf', 'utf8', 'utf8_ucs2', 'utf8_ucs4', 'cp65001'],
  'utf-8-sig': ['utf_8_sig'],
  'utf-16': ['utf_16', 'u16', 'utf16'],
  'utf-16-le': ['utf_16_le', 'utf_16le', 'unicodelittleunmarked'],
  'utf-16-be': ['utf_16_be', 'utf_16be', 'unicodebigunmarked'],
  'utf-32': ['utf_32', 'u32', 'utf32'],
  'utf-32-le': ['utf_32_le', 'utf_32le'],
  'utf-32-be': ['utf_32_be', 'utf_32be'],
}

const byName = new Map(
  Object.entries(NAMES).flatMap(([charset, names]) =>
    names.map((name): [string, Decode] => [name, DECODERS[charset as Charset]]),
  ),
)

/**
 * How the texts of a form are decoded: by its charset if that is a Unicode one, otherwise as Latin-1. Bytes that aren't valid in
 * the charset are read as Latin-1, too.
 * @param charset from the Content-Type
 */
export function decoderOf(charset: string): (latin1Text: string) => string {
  const name = charset
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '_')
    .replace(/^_|_$/g, '')
  const decode = byName.get(name) ?? latin1
  return (text) => {
    const bytes = Buffer.from(text, 'latin1')
    try {
      return decode(bytes)
    } catch {
      return text
    }
  }
}
