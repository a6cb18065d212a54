import { z } from 'zod'
import type { Input } from '../json/json-value.ts'

/** What a field type requires: in words for the trace, as JSON Schema for the OpenAPI document. */
export interface Rule {
  words: string
  jsonSchema: Record<string, unknown>
  /** Keys of the field rather than of its type: they stay outside of `anyOf` when null is allowed too. */
  ofField?: Record<string, unknown>
}

/** The rule of each field type, by its zod schema; a refined or described copy keeps it. */
export const rules = z.registry<Rule>()

/** Why a value was refused: Pydantic's `type`, `msg` and `ctx`. */
export interface Problem {
  type: string
  msg: string
  ctx?: Record<string, unknown>
}

/** Returned by `judge` when it refuses a value. A class of its own, since any other value can be a result. */
export class Refusal {
  readonly problem: Problem

  constructor(type: string, msg: string, ctx?: Record<string, unknown>) {
    this.problem = { type, msg, ctx }
  }
}

/**
 * Makes a field type. A field that wasn't sent is refused here as missing; `.default()` and `.optional()` prevent that.
 * @param judge returns the value as the handler gets it, or a Refusal
 */
export function fieldType<T>(rule: Rule, judge: (value: Input) => T | Refusal): z.ZodTransform<T, unknown> {
  const schema = z.transform((value: unknown, context): T => {
    const verdict = value === undefined ? new Refusal('missing', 'Field required') : judge(value as Input)
    if (!(verdict instanceof Refusal)) return verdict
    // `continue: false`: as in Pydantic, a value of the wrong type isn't passed to the validators after it.
    context.issues.push({ code: 'custom', input: value, params: { ...verdict.problem }, continue: false })
    return z.NEVER
  })
  return schema.register(rules, rule)
}

/**
 * Pydantic's problem for an issue of zod. The issue of a field type carries it; that of a `.refine()` or `.transform()` which a
 * model adds corresponds to a Pydantic validator that raised ValueError with the message.
 */
export function problemOfIssue(issue: z.core.$ZodIssue): Problem {
  if (issue.code === 'custom' && isProblem(issue.params)) return issue.params
  return { type: 'value_error', msg: `Value error, ${issue.message}`, ctx: { error: {} } }
}

function isProblem(params: unknown): params is Problem {
  return typeof params === 'object' && params !== null && 'type' in params && 'msg' in params
}
