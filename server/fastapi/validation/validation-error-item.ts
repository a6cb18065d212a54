import type { FieldVerdict } from '#contract/trace.ts'
import type { Input } from '../json/json-value.ts'

/** Where a value stands, such as `['body', 'email']`. */
export type Loc = (string | number)[]

/** One problem of a 422, with the keys in FastAPI's order. `input` is what came; write it with `toJson`. */
export interface ValidationErrorItem {
  type: string
  loc: Loc
  msg: string
  input?: Input
  ctx?: Record<string, unknown>
}

/** What validation found. `fields` tells the trace of every field, and never carries a value. */
export type Validation<T> =
  | { ok: true; value: T; fields: FieldVerdict[] }
  | { ok: false; errors: ValidationErrorItem[]; fields: FieldVerdict[] }
