import { z } from 'zod'
import { regexFault } from './regex.ts'
import { WHOLE_VARIABLE } from './variables.ts'

/** An id as authors write them: `missing-user`. It is stored, and stands in addresses. */
export const kebabCase = z
  .string()
  .regex(
    /^[a-z0-9]+(-[a-z0-9]+)*$/,
    'must be lower-case letters a to z, digits and hyphens, such as missing-user',
  )

/** A pattern may contain variables whose values aren't known yet: each is checked as if it were a letter. */
export function checkRegex(pattern: string, context: z.RefinementCtx): void {
  const message = regexFault(pattern.replaceAll(/\{\{[^{}]*\}\}/g, 'x'))
  if (message !== null) context.addIssue({ code: 'custom', message })
}

/** A number, or the `{{name}}` of one that a step saved. */
const NO_BOUND = 'must be a number, or one {{variable}} that holds a number'
const Bound = z.union([z.number(), z.string().regex(WHOLE_VARIABLE, NO_BOUND)], { error: NO_BOUND })

const rules = {
  /** Exactly this value; of an object, all of its keys. */
  equals: z.json().optional(),
  /** Any other value; it must exist. */
  not: z.json().optional(),
  /** A substring of a text, an element of a list, or a key of an object. */
  contains: z.json().optional(),
  /** The opposite of `contains`; the value itself must exist. */
  lacks: z.json().optional(),
  /** A regular expression, found anywhere in the text. */
  matches: z.string().superRefine(checkRegex).optional(),
  /** `true`: the value is there, whatever it is. `false`: it is absent. */
  exists: z.boolean().optional(),
  /** Characters of a text, elements of a list, keys of an object. */
  length: z.int().optional(),
  /** What kind of JSON it is. */
  type: z.enum(['string', 'number', 'boolean', 'null', 'list', 'object']).optional(),
  /** A number that is not smaller. */
  atLeast: Bound.optional(),
  /** A number that is not larger. */
  atMost: Bound.optional(),
}

const hasRule = (value: object): boolean => Object.keys(rules).some((rule) => rule in value)
const NO_RULE = `there is no rule for this value, so it can never be wrong; add one of ${Object.keys(rules).join(', ')}`

/** Rules for one value, at least one. All of them must hold; texts may contain `{{variables}}`. */
export const Matcher = z.strictObject(rules).refine(hasRule, NO_RULE)
export type Matcher = z.infer<typeof Matcher>

/** Path of a value in JSON: `detail.0.type`, or a list where a name itself has dots. `''` is the whole value. */
export const JsonPath = z.union([z.string(), z.array(z.union([z.string(), z.int()]))])
export type JsonPath = z.infer<typeof JsonPath>

export const HeaderExpectation = z.strictObject({ name: z.string(), ...rules }).refine(hasRule, NO_RULE)
export type HeaderExpectation = z.infer<typeof HeaderExpectation>

export const JsonExpectation = z
  .strictObject({
    path: JsonPath,
    /** The value at `path` is a JWT: the rules are for this path of its payload. */
    payload: JsonPath.optional(),
    ...rules,
  })
  .refine(hasRule, NO_RULE)
export type JsonExpectation = z.infer<typeof JsonExpectation>

export const TraceExpectation = z.strictObject({
  /** Name of the step; if several have it, one of them must match. */
  step: z.string(),
  /** The step is one of the start-up, not of the request. */
  startUp: z.literal(true).optional(),
  /** How many steps have that name; without it, at least one. `equals: 0` means that it never ran. */
  count: Matcher.optional(),
  verdict: z.enum(['ok', 'refused', 'cached']).optional(),
  /** Name of a step that started later. */
  before: z.string().optional(),
  /** Name of a step that it ran inside. */
  within: z.string().optional(),
  /** Name of a step of the same request that took less time. */
  longerThan: z.string().optional(),
  /** Milliseconds from start to end. Only lower bounds hold on every machine. */
  duration: Matcher.optional(),
  /** The largest number of steps with this name that ran at the same time. */
  atOnce: Matcher.optional(),
  /** Rules on the step's `detail`, each with a path into it. */
  detail: z.array(JsonExpectation).optional(),
})
export type TraceExpectation = z.infer<typeof TraceExpectation>

export const StoreExpectation = z.strictObject({
  /** Name of a table of the project. */
  table: z.string(),
  /** Counts only rows whose columns have these values. */
  where: z.record(z.string(), z.json()).optional(),
  /** How many rows there are; without it, at least one. */
  count: Matcher.optional(),
  /** Rules on each row found, each with the column as path. */
  row: z.array(JsonExpectation).optional(),
})
export type StoreExpectation = z.infer<typeof StoreExpectation>

export const BurstExpectation = z.strictObject({
  /** The largest number of handlers that ran at the same time. */
  peak: Matcher.optional(),
  /** How many responses had status 200. */
  succeeded: Matcher.optional(),
  /** The longest wait of a request for its handler, in milliseconds. */
  queued: Matcher.optional(),
  /** Milliseconds until the last response. */
  duration: Matcher.optional(),
})
export type BurstExpectation = z.infer<typeof BurstExpectation>

const sizeOf = (part: object | number): number => (typeof part === 'number' ? 1 : Object.keys(part).length)

/** What must be true after a step ran, in all its parts. */
export const Expectation = z
  .strictObject({
    /** Status of the first response, not of one after a redirect. */
    status: z.int().min(100).max(599).optional(),
    /** Headers of the response. */
    header: z.array(HeaderExpectation).optional(),
    /** Values in the JSON of the response. */
    json: z.array(JsonExpectation).optional(),
    /** Rules on the body as text. */
    text: Matcher.optional(),
    /** What ran inside, by the names of regions. */
    trace: z.array(TraceExpectation).optional(),
    /** Rows as they are afterwards. */
    store: z.array(StoreExpectation).optional(),
    /** Of many requests at once. */
    burst: BurstExpectation.optional(),
  })
  .refine((parts) => Object.values(parts).some((part) => part !== undefined && sizeOf(part) > 0), {
    message:
      'this claim expects nothing, so it can never be false; add status, header, json, text, trace, store or burst',
  })
export type Expectation = z.infer<typeof Expectation>

export const Claim = z.strictObject({
  /** Unique in its lesson, kebab-case: progress is stored under it. */
  id: kebabCase,
  /** The words of the lesson's text that this claim proves, copied without markup. */
  sentence: z.string().min(3),
  /** What can be seen, in one short sentence. */
  shows: z.string().min(3),
  expect: Expectation,
})
export type Claim = z.infer<typeof Claim>
