import type { Input } from '../json/json-value.ts'
import { PyFloat } from '../json/json-value.ts'
import { toInteger } from '../json/scan-number.ts'
import { Refusal } from './rule.ts'
import { trim } from './trim.ts'

// Pydantic converts floats through a 64-bit integer, and strings of at most so many digits.
const MAX_FLOAT = 2 ** 63
const MAX_DIGITS = 4300

const SPACE = /\p{White_Space}/u
// A sign, digits with single underscores between them, and a fraction of zero.
const INTEGER = /^([-+]?)([0-9]+(?:_[0-9]+)*)(?:\.0+)?$/

/** Reads an integer as Pydantic's lax mode does (see its conversion table). */
export function judgeInt(value: Input): number | bigint | Refusal {
  if (typeof value === 'number' || typeof value === 'bigint') return value
  if (typeof value === 'boolean') return Number(value)
  if (value instanceof PyFloat) return fromFloat(value.value)
  if (typeof value === 'string') return fromString(value)
  return new Refusal('int_type', 'Input should be a valid integer')
}

function fromFloat(value: number): number | Refusal {
  if (!Number.isFinite(value)) return new Refusal('finite_number', 'Input should be a finite number')
  if (!Number.isInteger(value)) {
    return new Refusal(
      'int_from_float',
      'Input should be a valid integer, got a number with a fractional part',
    )
  }
  return Math.abs(value) >= MAX_FLOAT ? tooBig() : value + 0
}

function fromString(text: string): number | bigint | Refusal {
  if (/\p{Surrogate}/u.test(text)) {
    return new Refusal(
      'string_unicode',
      'Input should be a valid string, unable to parse raw data as a unicode string',
    )
  }
  const [, sign, written] = INTEGER.exec(trim(text, SPACE)) ?? []
  if (written === undefined) {
    return new Refusal('int_parsing', 'Input should be a valid integer, unable to parse string as an integer')
  }
  const digits = written.replaceAll('_', '').replace(/^0+(?=[0-9])/, '')
  if (digits.length > MAX_DIGITS) return tooBig()
  return toInteger(`${sign === '-' ? '-' : ''}${digits}`)
}

function tooBig(): Refusal {
  return new Refusal('int_parsing_size', 'Unable to parse input string as an integer, exceeded maximum size')
}
