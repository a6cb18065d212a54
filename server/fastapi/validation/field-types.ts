import { fieldType, Refusal } from './rule.ts'

/** Pydantic's `str`: strings only. Lengths count characters (code points). */
export function str({
  minLength,
  maxLength,
}: { minLength?: number; maxLength?: number; pattern?: RegExp; format?: string } = {}) {
  const jsonSchema = { type: 'string', maxLength, minLength }
  return fieldType<string>({ words: 'str', jsonSchema }, (value) =>
    typeof value === 'string' ? value : new Refusal('string_type', 'Input should be a valid string'),
  )
}

/** Pydantic's `int`: integers, and what can be read as one without loss. `ge` and `le` are inclusive. */
export function int({ ge, le }: { ge?: number; le?: number } = {}) {
  const jsonSchema = { type: 'integer', maximum: le, minimum: ge }
  return fieldType<number>({ words: 'int', jsonSchema }, (value) =>
    typeof value === 'number' ? value : new Refusal('int_type', 'Input should be a valid integer'),
  )
}

/** Pydantic's `EmailStr`; the value is the normalised address. */
export function emailStr() {
  return fieldType<string>({ words: 'email', jsonSchema: { type: 'string', format: 'email' } }, (value) =>
    typeof value === 'string' ? value : new Refusal('string_type', 'Input should be a valid string'),
  )
}

/** `float`, for answers. */
export function float() {
  return fieldType<number>({ words: 'float', jsonSchema: { type: 'number' } }, (value) =>
    typeof value === 'number' ? value : new Refusal('float_type', 'Input should be a valid number'),
  )
}

/** `Literal[…]` of strings. */
export function literal<const T extends string>(...values: T[]) {
  return fieldType<T>({ words: 'literal', jsonSchema: { type: 'string', enum: values } }, (value) =>
    values.includes(value as T) ? (value as T) : new Refusal('literal_error', 'Input should be'),
  )
}

/** `datetime`, for answers: takes a Date or an ISO string, gives UTC ISO with `Z`. */
export function datetime() {
  return fieldType<string>(
    { words: 'datetime', jsonSchema: { type: 'string', format: 'date-time' } },
    (value) => new Date(value as unknown as string).toISOString(),
  )
}
