import { PyFloat } from './json-value.ts'

/** The value can't be written as JSON: NaN, an infinity, a lone surrogate, bytes that aren't UTF-8. Python's ValueError. */
export class NotSerializableError extends Error {
  override name = 'NotSerializableError'
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Separators, and how strings are written. */
interface Style {
  comma: string
  colon: string
  text: (text: string) => string
}

const COMPACT: Style = { comma: ',', colon: ':', text: stringToJson }
const SPACED: Style = { comma: ', ', colon: ': ', text: asciiToJson }

/**
 * Writes JSON, byte for byte as Starlette's JSONResponse does. Takes what `parseJson` returns, and plain objects;
 * undefined values are left out.
 * @throws {NotSerializableError} where Python's `json.dumps(…, allow_nan=False).encode()` raises ValueError
 */
export function toJson(value: unknown): string {
  return write(value, COMPACT)
}

/**
 * Writes JSON, byte for byte as Python's `json.dumps` does by default: with spaces, and in ASCII only.
 * @throws {NotSerializableError} for a number that isn't finite and for bytes that aren't UTF-8
 */
export function dumps(value: unknown): string {
  return write(value, SPACED)
}

function write(value: unknown, style: Style): string {
  if (typeof value === 'string') return style.text(value)
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number' || typeof value === 'bigint') return numberToJson(value)
  if (value instanceof PyFloat) return floatToJson(value.value)
  if (value instanceof Uint8Array) return style.text(decode(value))
  if (Array.isArray(value)) return `[${value.map((each) => write(each, style)).join(style.comma)}]`
  if (value instanceof Map) return writeEntries([...value], style)
  if (typeof value === 'object') return writeEntries(Object.entries(value), style)
  throw new TypeError(`a ${typeof value} can't be written as JSON`)
}

function writeEntries(entries: [unknown, unknown][], style: Style): string {
  const members = entries
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${style.text(String(key))}${style.colon}${write(value, style)}`)
  return `{${members.join(style.comma)}}`
}

function stringToJson(text: string): string {
  // JavaScript escapes a lone surrogate; Python fails to encode it.
  if (/\p{Surrogate}/u.test(text)) throw new NotSerializableError('lone surrogate')
  return JSON.stringify(text)
}

function asciiToJson(text: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(text).replace(/[^ -~]/g, escaped)
}

function numberToJson(value: number | bigint): string {
  return typeof value === 'number' && !Number.isSafeInteger(value) ? floatToJson(value) : String(value)
}

/** Python's `repr(float)`: the shortest digits that read back the same, with an exponent below 1e-4 and from 1e16 on. */
function floatToJson(value: number): string {
  if (!Number.isFinite(value)) throw new NotSerializableError(String(value))
  if (Object.is(value, -0)) return '-0.0'
  const size = Math.abs(value)
  if (value === 0 || (size >= 1e-4 && size < 1e16)) {
    const plain = String(value)
    return Number.isInteger(value) ? `${plain}.0` : plain
  }
  const [digits, exponent = '+0'] = value.toExponential().split('e')
  return `${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    throw new NotSerializableError('bytes that are not UTF-8')
  }
}
