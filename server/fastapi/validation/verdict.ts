import type { FieldVerdict } from '#contract/trace.ts'
import { PyFloat, type Input } from '../json/json-value.ts'
import type { Problem } from './rule.ts'
import type { Loc } from './validation-error-item.ts'

/**
 * What the trace shows about a field: the type of its value, its rule and its problem, never the value.
 * @param rule in words
 */
export function verdict(loc: Loc, input: Input, rule: string, problem: Problem | undefined): FieldVerdict {
  const valueType = valueTypeOf(input)
  if (problem === undefined) return { loc, valueType, rule, ok: true }
  return { loc, valueType, rule, ok: false, error: problem.type, message: problem.msg }
}

/** One of string, int, float, bool, null, list, object, bytes and missing. */
export function valueTypeOf(value: Input): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (typeof value === 'string') return 'string'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'number' || typeof value === 'bigint') return 'int'
  if (value instanceof PyFloat) return 'float'
  if (value instanceof Uint8Array) return 'bytes'
  return Array.isArray(value) ? 'list' : 'object'
}
