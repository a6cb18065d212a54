import { PyFloat, type JsonValue } from '../fastapi/json/json-value.ts'
import { trim } from '../fastapi/validation/trim.ts'

// Python refuses to turn more digits into an integer: it would take quadratic time.
const MAX_DIGITS = 4300

const SPACE = /\p{White_Space}/u

/**
 * Python's `int(value)`: floats lose their fraction, texts may have spaces around them, a sign, single underscores
 * between digits, and digits of any script.
 * @param value from `parseJson`
 * @returns undefined where Python raises an error
 */
export function int(value: JsonValue | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' || typeof value === 'boolean') return BigInt(value)
  if (value instanceof PyFloat) {
    return Number.isFinite(value.value) ? BigInt(Math.trunc(value.value)) : undefined
  }
  if (typeof value !== 'string') return undefined
  const [, sign, written = ''] = /^([-+]?)(\p{Nd}+(?:_\p{Nd}+)*)$/u.exec(trim(value, SPACE)) ?? []
  const digits = [...written].filter((each) => each !== '_')
  if (digits.length === 0 || digits.length > MAX_DIGITS) return undefined
  const size = BigInt(digits.map(digitValue).join(''))
  return sign === '-' ? -size : size
}

/** Digits of a script stand together, from zero to nine, so the digits before one tell its value. */
function digitValue(digit: string): number {
  const point = digit.codePointAt(0) ?? 0
  let before = 0
  while (/\p{Nd}/u.test(String.fromCodePoint(point - before - 1))) before += 1
  return before % 10
}
