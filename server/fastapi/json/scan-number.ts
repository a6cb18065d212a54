import { PyFloat } from './json-value.ts'
import { UnreadableBodyError } from './errors.ts'

const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y

// Python refuses to turn more digits into an integer: it would take quadratic time.
const MAX_DIGITS = 4300

/**
 * Reads a number at `start`.
 * @returns the number and the index after it, or null when there is none
 * @throws {UnreadableBodyError} for an integer with more digits than Python reads
 */
export function scanNumber(
  text: string,
  start: number,
): [value: number | bigint | PyFloat, end: number] | null {
  NUMBER.lastIndex = start
  const match = NUMBER.exec(text)
  if (match === null) return null
  const [digits, fraction, exponent] = match
  const end = start + digits.length
  if (fraction !== undefined || exponent !== undefined) return [new PyFloat(Number(digits)), end]
  if (digits.replace('-', '').length > MAX_DIGITS)
    throw new UnreadableBodyError('integer with too many digits')
  return [toInteger(digits), end]
}

/** The integer written in decimal digits: a number where that is exact, else a bigint. */
export function toInteger(digits: string): number | bigint {
  const value = Number(digits)
  // `+ 0` turns -0 into 0: Python's integers have no -0.
  return Number.isSafeInteger(value) ? value + 0 : BigInt(digits)
}
