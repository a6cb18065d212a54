import { z } from 'zod'
import { describeField } from '../validation/describe-field.ts'

/** A piece of JSON Schema 2020-12, as OpenAPI 3.1 uses it. */
export type SchemaObject = Record<string, unknown>

/** The models that a document refers to, by name. */
export type Models = Map<string, SchemaObject>

/** FastAPI's title for a field or a function: `user_id` becomes `User Id`. */
export function titleOf(name: string): string {
  const title = name.toLowerCase().replace(/(?<![a-z])[a-z]/g, (letter) => letter.toUpperCase())
  return title.replaceAll('_', ' ')
}

/** The schema of one field or parameter. A default of null is left out, as FastAPI does. */
export function fieldSchema(name: string, field: z.core.$ZodType): SchemaObject {
  const { rule, isNullable, default: value } = describeField(field)
  const own = defined(rule.jsonSchema)
  return {
    ...(isNullable ? { anyOf: [own, { type: 'null' }] } : own),
    ...rule.ofField,
    ...(value === undefined || value === null ? {} : { default: value }),
    title: titleOf(name),
  }
}

/** The schema of an object with these fields. */
export function objectSchema(
  title: string,
  fields: Record<string, z.core.$ZodType>,
  { description, isStrict = false }: { description?: string; isStrict?: boolean } = {},
): SchemaObject {
  const entries = Object.entries(fields)
  const required = entries.filter(([, field]) => describeField(field).isRequired).map(([name]) => name)
  return {
    properties: Object.fromEntries(entries.map(([name, field]) => [name, fieldSchema(name, field)])),
    ...(isStrict ? { additionalProperties: false } : {}),
    type: 'object',
    ...(required.length > 0 ? { required } : {}),
    title,
    ...(description === undefined ? {} : { description }),
  }
}

/**
 * The schema of a request or response body. A model is added to `models` and referred to by the name in its `meta`.
 * @throws {Error} for a model without a name
 */
export function bodySchema(schema: z.core.$ZodType, models: Models): SchemaObject {
  if (schema instanceof z.ZodArray) return { type: 'array', items: bodySchema(schema.element, models) }
  if (!(schema instanceof z.ZodObject)) return defined(describeField(schema).rule.jsonSchema)
  const { id, description } = schema.meta() ?? {}
  if (id === undefined) throw new Error('a model needs a name: .meta({ id: … })')
  const isStrict = schema.def.catchall instanceof z.ZodNever
  models.set(id, objectSchema(id, schema.shape, { description, isStrict }))
  return referenceTo(id)
}

export function referenceTo(model: string): SchemaObject {
  return { $ref: `#/components/schemas/${model}` }
}

function defined(schema: SchemaObject): SchemaObject {
  return Object.fromEntries(Object.entries(schema).filter(([, value]) => value !== undefined))
}
