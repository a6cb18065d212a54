import { EmailSyntaxError } from './email/characters.ts'
import { validateEmail } from './email/validate-email.ts'
import { judgeInt } from './judge-int.ts'
import type { Input } from '../json/json-value.ts'
import { PyFloat } from '../json/json-value.ts'
import { fieldType, Refusal } from './rule.ts'

export interface StrLimits {
  minLength?: number
  maxLength?: number
  pattern?: RegExp
  /** Only for the OpenAPI document, such as `password`. */
  format?: string
}

/** Pydantic's `str`: strings only, nothing is converted to one. Lengths are in characters (code points); limits are inclusive. */
export function str({ minLength, maxLength, pattern, format }: StrLimits = {}) {
  const jsonSchema = { type: 'string', maxLength, minLength, pattern: pattern?.source }
  const ofField = format === undefined ? {} : { format }
  const rule = { words: strWords({ minLength, maxLength, pattern }), jsonSchema, ofField }
  return fieldType<string>(rule, (value) => {
    const text = judgeStr(value)
    if (text instanceof Refusal) return text
    const length = maxLength === undefined && minLength === undefined ? 0 : [...text].length
    if (maxLength !== undefined && length > maxLength) {
      const msg = `String should have at most ${characters(maxLength)}`
      return new Refusal('string_too_long', msg, { max_length: maxLength })
    }
    if (minLength !== undefined && length < minLength) {
      const msg = `String should have at least ${characters(minLength)}`
      return new Refusal('string_too_short', msg, { min_length: minLength })
    }
    if (pattern === undefined || pattern.test(text)) return text
    const msg = `String should match pattern '${pattern.source}'`
    return new Refusal('string_pattern_mismatch', msg, { pattern: pattern.source })
  })
}

function judgeStr(value: Input): string | Refusal {
  if (typeof value !== 'string') return new Refusal('string_type', 'Input should be a valid string')
  // A lone surrogate is a character in JSON, but not in Unicode.
  if (!/\p{Surrogate}/u.test(value)) return value
  return new Refusal(
    'string_unicode',
    'Input should be a valid string, unable to parse raw data as a unicode string',
  )
}

function characters(count: number): string {
  return `${count} character${count === 1 ? '' : 's'}`
}

function strWords({ minLength, maxLength, pattern }: StrLimits): string {
  if (pattern !== undefined) return `str like ${pattern.source}`
  if (minLength !== undefined && maxLength !== undefined)
    return `str, ${minLength} to ${characters(maxLength)}`
  if (minLength !== undefined) return `str, at least ${characters(minLength)}`
  return maxLength === undefined ? 'str' : `str, at most ${characters(maxLength)}`
}

/** Pydantic's `int`: integers, and what converts to one without loss: `"30"`, `30.0`, `true`. Limits are inclusive. */
export function int({ ge, le }: { ge?: number; le?: number } = {}) {
  const jsonSchema = { type: 'integer', maximum: le, minimum: ge }
  return fieldType<number>({ words: intWords(ge, le), jsonSchema }, (input) => {
    const value = judgeInt(input)
    if (value instanceof Refusal) return value
    if (le !== undefined && value > le) {
      return new Refusal('less_than_equal', `Input should be less than or equal to ${le}`, { le })
    }
    if (ge !== undefined && value < ge) {
      return new Refusal('greater_than_equal', `Input should be greater than or equal to ${ge}`, { ge })
    }
    return Number(value)
  })
}

function intWords(ge: number | undefined, le: number | undefined): string {
  if (ge !== undefined && le !== undefined) return `int, ${ge} to ${le}`
  if (ge !== undefined) return `int, ${ge} or more`
  return le === undefined ? 'int' : `int, at most ${le}`
}

/** Pydantic's `EmailStr`; the value is the normalised address. */
export function emailStr() {
  const rule = { words: 'email address', jsonSchema: { type: 'string', format: 'email' } }
  return fieldType<string>(rule, (value) => {
    // Without length limits Pydantic lets a lone surrogate pass, and the check of the address refuses it.
    if (typeof value !== 'string') return new Refusal('string_type', 'Input should be a valid string')
    try {
      return validateEmail(value)
    } catch (error) {
      if (!(error instanceof EmailSyntaxError)) throw error
      const reason = error.message
      return new Refusal('value_error', `value is not a valid email address: ${reason}`, { reason })
    }
  })
}

/** Pydantic's `float`, for numbers in responses: a whole number is written with `.0`. */
export function float() {
  return fieldType<PyFloat>({ words: 'float', jsonSchema: { type: 'number' } }, (value) => {
    if (typeof value === 'number') return new PyFloat(value)
    return value instanceof PyFloat ? value : new Refusal('float_type', 'Input should be a valid number')
  })
}

/** Pydantic's `Literal` of two or more strings. */
export function literal<const T extends string>(...values: T[]) {
  const shown = values.map((value) => `'${value}'`)
  const expected = `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`
  const rule = { words: `one of ${values.join(', ')}`, jsonSchema: { enum: values, type: 'string' } }
  return fieldType<T>(rule, (value) => {
    const found = values.find((each) => each === value)
    return found ?? new Refusal('literal_error', `Input should be ${expected}`, { expected })
  })
}

/** Pydantic's `datetime`, for times in responses: takes an ISO string with its zone and writes it in UTC. */
export function datetime() {
  const rule = { words: 'datetime', jsonSchema: { type: 'string', format: 'date-time' } }
  return fieldType<string>(rule, (value) => {
    const text = typeof value === 'string' ? value : ''
    const time = new Date(text)
    if (Number.isNaN(time.getTime())) return new Refusal('datetime_type', 'Input should be a valid datetime')
    return `${time.toISOString().slice(0, -5)}${microseconds(text)}Z`
  })
}

/** The fraction of a second as Pydantic writes it: six digits, or none when all of them are zero. */
function microseconds(time: string): string {
  const digits = (/\.(\d+)/.exec(time)?.[1] ?? '').slice(0, 6)
  return /[1-9]/.test(digits) ? `.${digits.padEnd(6, '0')}` : ''
}
