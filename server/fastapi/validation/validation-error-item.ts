import type { FieldVerdict } from '#contract/trace.ts'
import type { Input } from '../json/json-value.ts'

/** The location of a value, such as `['body', 'email']`. */
export type Loc = (string | number)[]

/** One problem of a 422, with the keys in FastAPI's order. `input` is what was received; write it with `toJson`. */
export interface ValidationErrorItem {
  type: string
  loc: Loc
  msg: string
  input?: Input
  ctx?: Record<string, unknown>
}

/** The result of validation. `fields` is for the trace: an entry for every field, never with its value. */
export type Validation<T> =
  | { ok: true; value: T; fields: FieldVerdict[] }
  | { ok: false; errors: ValidationErrorItem[]; fields: FieldVerdict[] }
