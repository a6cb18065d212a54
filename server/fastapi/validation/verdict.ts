import type { z } from 'zod'
import type { FieldVerdict } from '../../../contract/trace.ts'
import type { Input } from '../json/json-value.ts'
import { ruleInWords } from './describe-field.ts'
import type { Problem } from './rule.ts'
import type { Loc } from './validation-error-item.ts'
import { valueTypeOf } from './value-type.ts'

/** The last verdict on each field: the next request mostly gets the same, and kept traces share it. */
const last = new WeakMap<z.ZodType, FieldVerdict>()

/** What the trace tells of a field: its value's type, its rule and the problem, never the value. */
export function verdictOnField(
  field: z.ZodType,
  loc: Loc,
  input: Input,
  problem: Problem | undefined,
): FieldVerdict {
  const known = last.get(field)
  if (known !== undefined && isSame(known, loc, valueTypeOf(input), problem)) return known
  const made = verdict(loc, input, ruleInWords(field), problem)
  last.set(field, made)
  return made
}

/** As `verdictOnField`, for what is no field of a model. @param rule in words */
export function verdict(loc: Loc, input: Input, rule: string, problem: Problem | undefined): FieldVerdict {
  const valueType = valueTypeOf(input)
  if (problem === undefined) return { loc, valueType, rule, ok: true }
  return { loc, valueType, rule, ok: false, error: problem.type, message: problem.msg }
}

function isSame(known: FieldVerdict, loc: Loc, valueType: string, problem: Problem | undefined): boolean {
  return (
    known.valueType === valueType &&
    known.error === problem?.type &&
    known.message === problem?.msg &&
    known.loc.length === loc.length &&
    known.loc.every((part, index) => part === loc[index])
  )
}
