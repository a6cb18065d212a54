import { z } from 'zod'

/** Under which region a schema stands in both twins, so that the trace can open its lines. */
export const schemaRegions = z.registry<{ region: string }>()

/** How a schema is called in FastAPI: `UserOut`, `list[UserOut]`. */
export function modelName(schema: z.ZodType): string {
  const element = elementOf(schema)
  return element === undefined ? (schema.meta()?.id ?? schema.type) : `list[${modelName(element)}]`
}

/** The region of a schema, or of what a list holds. */
export function regionOf(schema: z.ZodType): string | undefined {
  return schemaRegions.get(elementOf(schema) ?? schema)?.region
}

/** What the elements of a list must be, or undefined for anything but a list. */
export function elementOf(schema: z.ZodType): z.ZodType | undefined {
  return schema instanceof z.ZodArray ? (schema.element as z.ZodType) : undefined
}
