import { z } from 'zod'
import type { FieldVerdict } from '#contract/trace.ts'
import type { Input } from '../json/json-value.ts'
import { problemOfIssue } from './problem-of-issue.ts'
import type { Problem } from './rule.ts'
import type { Loc, Validation, ValidationErrorItem } from './validation-error-item.ts'
import { verdict, verdictOnField } from './verdict.ts'

/**
 * Judges a body with a model (`z.object` or `z.strictObject` of field types) as FastAPI does with a Pydantic model:
 * every problem at once, in the order of the fields, then what nobody asked for.
 * The value holds only the keys that were sent and those that have a default.
 * @param value from `readBody`
 * @param loc where the body stands in the errors: `['body']`
 */
export function validate<S extends z.ZodType>(model: S, value: Input, loc: Loc): Validation<z.output<S>> {
  if (!(model instanceof z.ZodObject)) throw new Error('a body needs z.object or z.strictObject')
  if (value === undefined) {
    return refuseWhole(value, loc, { type: 'missing', msg: 'Field required' })
  }
  if (!(value instanceof Map)) {
    const msg = 'Input should be a valid dictionary or object to extract fields from'
    return refuseWhole(value, loc, { type: 'model_attributes_type', msg })
  }
  const unknown = model.def.catchall instanceof z.ZodNever ? unknownKeys(model.shape, value) : []
  if (unknown.some((key) => /\p{Surrogate}/u.test(key))) {
    const msg = 'Input should be a valid string, unable to parse raw data as a unicode string'
    return refuseWhole(value, loc, { type: 'string_unicode', msg })
  }
  const judged = judge(model, (name) => value.get(name), value, loc)
  for (const key of unknown) {
    const problem = { type: 'extra_forbidden', msg: 'Extra inputs are not permitted' }
    const input = value.get(key)
    judged.errors.push(errorItem(problem, [...loc, key], input))
    judged.fields.push(verdict([...loc, key], input, 'not a field here', problem))
  }
  return result(judged)
}

/** Fields by name, each its own parameter: the path's, the query's or a form's. */
export type Fields = Record<string, z.ZodType>

export type FieldValues<F extends Fields> = { [K in keyof F]: z.output<F[K]> }

/**
 * Judges parameters one by one, as FastAPI does with path and query parameters and with form fields.
 * @param received what came by name; see `readQuery` and `readBody`
 * @param where first part of `loc`; `body` for a form
 */
export function validateFields<F extends Fields>(
  fields: F,
  received: ReadonlyMap<string, Input>,
  where: 'path' | 'query' | 'body',
): Validation<FieldValues<F>> {
  return result(judge(objectOf(fields), (name) => received.get(name), null, [where]))
}

const objects = new WeakMap<Fields, z.ZodObject>()

function objectOf(fields: Fields): z.ZodObject {
  const known = objects.get(fields)
  if (known !== undefined) return known
  const object = z.object(fields)
  objects.set(fields, object)
  return object
}

interface Judged {
  value: unknown
  errors: ValidationErrorItem[]
  fields: FieldVerdict[]
}

/** @param whole what a missing field's `input` shows */
function judge(model: z.ZodObject, get: (name: string) => Input, whole: Input, loc: Loc): Judged {
  const all = Object.entries<z.ZodType>(model.shape)
  const sent = all.map(([name]) => [name, get(name)]).filter(([, input]) => input !== undefined)
  const parsed = model.safeParse(Object.fromEntries(sent))
  const problems = new Map<PropertyKey | undefined, Problem>()
  for (const issue of parsed.error?.issues ?? []) {
    if (!problems.has(issue.path[0])) problems.set(issue.path[0], problemOfIssue(issue))
  }
  const errors: ValidationErrorItem[] = []
  const fields = all.map(([name, field]) => {
    const [input, problem, where] = [get(name), problems.get(name), [...loc, name]]
    if (problem !== undefined) errors.push(errorItem(problem, where, input === undefined ? whole : input))
    return verdictOnField(field, where, input, problem)
  })
  const ofWhole = problems.get(undefined)
  if (ofWhole !== undefined) errors.push(errorItem(ofWhole, loc, whole))
  return { value: parsed.data, errors, fields }
}

function unknownKeys(shape: object, value: ReadonlyMap<string, unknown>): string[] {
  return [...value.keys()].filter((key) => !Object.hasOwn(shape, key))
}

function result<T>({ value, errors, fields }: Judged): Validation<T> {
  return errors.length > 0 ? { ok: false, errors, fields } : { ok: true, value: value as T, fields }
}

function refuseWhole<T>(value: Input, loc: Loc, problem: Problem): Validation<T> {
  const input = value === undefined ? null : value
  return {
    ok: false,
    errors: [errorItem(problem, loc, input)],
    fields: [verdict(loc, value, 'an object', problem)],
  }
}

function errorItem({ type, msg, ctx }: Problem, loc: Loc, input: Input): ValidationErrorItem {
  return { type, loc, msg, input, ctx }
}
