import { z } from 'zod'
import { ruleInWords } from './validation/describe-field.ts'

/** The region of a schema in both twins, so that the trace can open its lines. */
export const schemaRegions = z.registry<{ region: string }>()

/** The name of a schema in FastAPI: `UserOut`, `list[UserOut]`, `list[str]`. */
export function modelName(schema: z.ZodType): string {
  const element = elementOf(schema)
  if (element !== undefined) return `list[${modelName(element)}]`
  return schema.meta()?.id ?? (schema instanceof z.ZodObject ? schema.type : ruleInWords(schema))
}

/** The region of a schema, or of what a list holds. */
export function regionOf(schema: z.ZodType): string | undefined {
  return schemaRegions.get(elementOf(schema) ?? schema)?.region
}

/** What the elements of a list must be, or undefined for anything but a list. */
export function elementOf(schema: z.ZodType): z.ZodType | undefined {
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : undefined
}
