import { z } from 'zod'
import type { FieldVerdict } from '#contract/trace.ts'
import type { Input, JsonObject } from '../json/json-value.ts'
import { ruleInWords } from './describe-field.ts'
import { problemOfIssue, type Problem } from './rule.ts'
import type { Loc, Validation, ValidationErrorItem } from './validation-error-item.ts'
import { verdict } from './verdict.ts'

/** Keeps a body with thousands of unknown fields from filling its trace. */
const MAX_FIELDS_IN_TRACE = 100

interface Judged {
  value: unknown
  errors: ValidationErrorItem[]
  fields: FieldVerdict[]
}

/**
 * Validates a body against a model (`z.object` or `z.strictObject` of field types) as FastAPI does with a Pydantic model:
 * every problem at once, first the model's fields in their order, then unknown ones.
 * The value has only the keys that were sent and those that have a default.
 * @param value from `readBody`
 * @param loc the body's own `loc` in the errors: `['body']`
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
  const judged = judge(model, value, loc)
  for (const key of unknown) {
    const problem = { type: 'extra_forbidden', msg: 'Extra inputs are not permitted' }
    judgeField(judged, [...loc, key], value.get(key), 'not a field here', problem)
  }
  return result(judged)
}

/** Fields by name, each its own parameter: the path's, the query's or a form's. */
export type Fields = Record<string, z.ZodType>

export type FieldValues<F extends Fields> = { [K in keyof F]: z.output<F[K]> }

/**
 * Validates parameters one by one, as FastAPI does with path and query parameters and with form fields.
 * @param received by name; see `readQuery` and `readBody`
 * @param where the first part of `loc`; `body` for a form
 */
export function validateFields<F extends Fields>(
  fields: F,
  received: ReadonlyMap<string, Input>,
  where: 'path' | 'query' | 'body',
): Validation<FieldValues<F>> {
  const values: Record<string, unknown> = {}
  const judged: Judged = { value: values, errors: [], fields: [] }
  for (const [name, field] of Object.entries(fields)) {
    const input = received.get(name)
    const parsed = field.safeParse(input)
    values[name] = parsed.data
    const [issue] = parsed.error?.issues ?? []
    judgeField(judged, [where, name], input, ruleInWords(field), issue && problemOfIssue(issue), null)
  }
  return result(judged)
}

function judge(model: z.ZodObject, value: JsonObject, loc: Loc): Judged {
  const fields = Object.entries<z.ZodType>(model.shape)
  const sent = fields.map(([name]) => [name, value.get(name)]).filter(([, input]) => input !== undefined)
  const parsed = model.safeParse(Object.fromEntries(sent))
  const issues = parsed.error?.issues ?? []
  const problemOf = (name: string | undefined): Problem | undefined => {
    const issue = issues.find(({ path }) => path[0] === name)
    return issue && problemOfIssue(issue)
  }
  const judged: Judged = { value: parsed.data, errors: [], fields: [] }
  for (const [name, field] of fields) {
    judgeField(judged, [...loc, name], value.get(name), ruleInWords(field), problemOf(name), value)
  }
  const ofWhole = problemOf(undefined)
  if (ofWhole !== undefined) judged.errors.push(errorItem(ofWhole, loc, value))
  return judged
}

/** @param whole the `input` in the error of a missing field */
function judgeField(
  { errors, fields }: Judged,
  loc: Loc,
  input: Input,
  rule: string,
  problem: Problem | undefined,
  whole: Input = null,
): void {
  if (problem !== undefined) errors.push(errorItem(problem, loc, input === undefined ? whole : input))
  if (fields.length < MAX_FIELDS_IN_TRACE) fields.push(verdict(loc, input, rule, problem))
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
