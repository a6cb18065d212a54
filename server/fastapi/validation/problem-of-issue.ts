import type { z } from 'zod'
import type { Problem } from './rule.ts'

/**
 * What Pydantic says where zod has this issue. A field type's issue carries it; a `.refine()` or `.transform()` that a
 * model adds is Pydantic's validator that raised ValueError with that message.
 */
export function problemOfIssue(issue: z.core.$ZodIssue): Problem {
  if (issue.code === 'custom' && isProblem(issue.params)) return issue.params
  return { type: 'value_error', msg: `Value error, ${issue.message}`, ctx: { error: {} } }
}

function isProblem(params: unknown): params is Problem {
  return typeof params === 'object' && params !== null && 'type' in params && 'msg' in params
}
