import { z } from 'zod'
import { rules, type Rule } from './rule.ts'

export interface FieldDescription {
  rule: Rule
  isNullable: boolean
  isRequired: boolean
  /** Undefined when the field has none. */
  default?: unknown
}

/**
 * What a field requires, looking through `.default()`, `.optional()`, `.nullable()` and pipes to its field type.
 * @throws {Error} for a schema that isn't built on a field type of this folder
 */
export function describeField(schema: z.core.$ZodType): FieldDescription {
  const rule = rules.get(schema)
  if (rule !== undefined) return { rule, isNullable: false, isRequired: true }
  if (schema instanceof z.ZodDefault) {
    return { ...describeField(schema.def.innerType), isRequired: false, default: schema.def.defaultValue }
  }
  if (schema instanceof z.ZodOptional) return { ...describeField(schema.def.innerType), isRequired: false }
  if (schema instanceof z.ZodNullable) return { ...describeField(schema.def.innerType), isNullable: true }
  if (schema instanceof z.ZodPipe) return describeField(schema.def.in)
  throw new Error('a field must be built on str(), int() or another field type')
}

/** A field's rule in words: `int, 13 to 120 or null; optional`. */
export function ruleInWords(schema: z.core.$ZodType): string {
  const { rule, isNullable, isRequired } = describeField(schema)
  return `${rule.words}${isNullable ? ' or null' : ''}${isRequired ? '' : '; optional'}`
}
