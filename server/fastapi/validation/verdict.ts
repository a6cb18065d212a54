import type { z } from 'zod'
import type { FieldVerdict } from '#contract/trace.ts'
import { sameItems, shareTold } from '../../trace/share-told.ts'
import type { Input } from '../json/json-value.ts'
import { ruleInWords } from './describe-field.ts'
import type { Problem } from './rule.ts'
import type { Loc } from './validation-error-item.ts'
import { valueTypeOf } from './value-type.ts'

/** What the trace tells of a field: its value's type, its rule and the problem, never the value. */
export function verdictOnField(
  field: z.ZodType,
  loc: Loc,
  input: Input,
  problem: Problem | undefined,
): FieldVerdict {
  return shared(field, verdict(loc, input, ruleInWords(field), problem))
}

/** Of a field; its rule is its own. */
const shared = shareTold<FieldVerdict>(
  (last, told) =>
    last.valueType === told.valueType &&
    last.error === told.error &&
    last.message === told.message &&
    sameItems(last.loc, told.loc),
)

/** As `verdictOnField`, for what is no field of a model. @param rule in words */
export function verdict(loc: Loc, input: Input, rule: string, problem: Problem | undefined): FieldVerdict {
  const valueType = valueTypeOf(input)
  if (problem === undefined) return { loc, valueType, rule, ok: true }
  return { loc, valueType, rule, ok: false, error: problem.type, message: problem.msg }
}
