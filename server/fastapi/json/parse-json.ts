import { decodeText } from './decode-text.ts'
import { JsonDecodeError, UnreadableBodyError } from './errors.ts'
import { PyFloat } from './json-value.ts'
import type { JsonObject, JsonValue } from './json-value.ts'
import { scanNumber } from './scan-number.ts'
import { scanString } from './scan-string.ts'

/** Deeper JSON is refused. Python's own limit is about a thousand levels; no request here needs more than two. */
export const MAX_DEPTH = 32

const CONSTANTS: [word: string, value: JsonValue][] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', new PyFloat(NaN)],
  ['Infinity', new PyFloat(Infinity)],
  ['-Infinity', new PyFloat(-Infinity)],
]

type Scanned = [value: JsonValue, end: number]

/**
 * Reads JSON as Python 3.11's `json.loads` does, including `NaN` and `Infinity`; the last of several equal keys wins.
 * @throws {JsonDecodeError} when the text isn't JSON
 * @throws {UnreadableBodyError} when the bytes aren't text, or are nested over 32 levels deep
 */
export function parseJson(bytes: Uint8Array): JsonValue {
  const text = decodeText(bytes)
  const [value, end] = scanValue(text, skipSpace(text, 0), 0)
  const rest = skipSpace(text, end)
  if (rest < text.length) throw new JsonDecodeError('Extra data', text, rest)
  return value
}

function skipSpace(text: string, start: number): number {
  let at = start
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break
  }
  return at
}

function scanValue(text: string, at: number, depth: number): Scanned {
  const first = text.charAt(at)
  if (first === '"') return scanString(text, at + 1)
  if (first === '{' || first === '[') {
    if (depth === MAX_DEPTH) throw new UnreadableBodyError(`nested over ${MAX_DEPTH} deep`)
    return first === '{' ? scanObject(text, at + 1, depth + 1) : scanArray(text, at + 1, depth + 1)
  }
  const number = scanNumber(text, at)
  if (number !== null) return number
  for (const [word, value] of CONSTANTS) if (text.startsWith(word, at)) return [value, at + word.length]
  throw new JsonDecodeError('Expecting value', text, at)
}

function scanObject(text: string, start: number, depth: number): Scanned {
  const object: JsonObject = new Map()
  let at = skipSpace(text, start)
  if (text[at] === '}') return [object, at + 1]
  for (;;) {
    if (text[at] !== '"') {
      throw new JsonDecodeError('Expecting property name enclosed in double quotes', text, at)
    }
    const [key, afterKey] = scanString(text, at + 1)
    at = skipSpace(text, afterKey)
    if (text[at] !== ':') throw new JsonDecodeError("Expecting ':' delimiter", text, at)
    const [value, afterValue] = scanValue(text, skipSpace(text, at + 1), depth)
    object.set(key, value)
    at = skipSpace(text, afterValue)
    if (text[at] === '}') return [object, at + 1]
    if (text[at] !== ',') throw new JsonDecodeError("Expecting ',' delimiter", text, at)
    at = skipSpace(text, at + 1)
  }
}

function scanArray(text: string, start: number, depth: number): Scanned {
  const array: JsonValue[] = []
  let at = skipSpace(text, start)
  if (text[at] === ']') return [array, at + 1]
  for (;;) {
    const [value, afterValue] = scanValue(text, at, depth)
    array.push(value)
    at = skipSpace(text, afterValue)
    if (text[at] === ']') return [array, at + 1]
    if (text[at] !== ',') throw new JsonDecodeError("Expecting ',' delimiter", text, at)
    at = skipSpace(text, at + 1)
  }
}
