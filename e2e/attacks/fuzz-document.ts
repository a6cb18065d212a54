import { z } from 'zod'

/** The part of JSON Schema that the document uses. */
export interface Schema {
  $ref?: string | undefined
  type?: 'object' | 'array' | 'string' | 'integer' | 'number' | 'null' | undefined
  anyOf?: Schema[] | undefined
  enum?: string[] | undefined
  properties?: Record<string, Schema> | undefined
  required?: string[] | undefined
  additionalProperties?: boolean | undefined
  items?: Schema | undefined
  format?: string | undefined
  pattern?: string | undefined
  minLength?: number | undefined
  maxLength?: number | undefined
  minimum?: number | undefined
  maximum?: number | undefined
}

const Schema: z.ZodType<Schema> = z.object({
  $ref: z.string().optional(),
  type: z.enum(['object', 'array', 'string', 'integer', 'number', 'null']).optional(),
  anyOf: z.array(z.lazy(() => Schema)).optional(),
  enum: z.array(z.string()).optional(),
  properties: z
    .record(
      z.string(),
      z.lazy(() => Schema),
    )
    .optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.boolean().optional(),
  items: z.lazy(() => Schema).optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
})

const Content = z.record(z.string(), z.object({ schema: z.unknown() }))

const Operation = z.object({
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z
    .array(
      z.object({ name: z.string(), in: z.enum(['path', 'query']), required: z.boolean(), schema: Schema }),
    )
    .default([]),
  requestBody: z.object({ content: z.record(z.string(), z.object({ schema: Schema })) }).optional(),
  responses: z.record(z.string(), z.object({ content: Content.optional() })),
})

const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), Operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})

export type Parameter = z.infer<typeof Operation>['parameters'][number]

export interface DocumentedOperation {
  method: string
  path: string
  secured: boolean
  parameters: Parameter[]
  body: { mediaType: string; schema: Schema } | undefined
  /** The schema of the response body by status; undefined if the document has none. */
  answers: Map<number, z.ZodType | undefined>
}

/** Every operation of an OpenAPI document, with its references replaced by what they refer to. */
export function operationsOf(json: unknown): DocumentedOperation[] {
  const { paths, components } = Document.parse(json)
  const resolved = (schema: Schema): Schema => {
    const { $ref, ...own } = schema
    if ($ref === undefined) return inner(own)
    return resolved(Schema.parse(components.schemas[$ref.slice('#/components/schemas/'.length)]))
  }
  const inner = (schema: Schema): Schema => ({
    ...schema,
    ...(schema.anyOf && { anyOf: schema.anyOf.map(resolved) }),
    ...(schema.items && { items: resolved(schema.items) }),
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, each]) => [name, resolved(each)]),
      ),
    }),
  })
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security, parameters, requestBody, responses }]) => {
      const [body] = Object.entries(requestBody?.content ?? {})
      return {
        method: method.toUpperCase(),
        path,
        secured: security !== undefined,
        parameters: parameters.map((each) => ({ ...each, schema: resolved(each.schema) })),
        body: body && { mediaType: body[0], schema: resolved(body[1].schema) },
        answers: new Map(
          Object.entries(responses).map(([status, { content }]) => [
            Number(status),
            content && judgeOf(content['application/json']?.schema, components.schemas),
          ]),
        ),
      }
    }),
  )
}

/** zod reads definitions in `$defs`, and it accepts fewer email addresses than the project. */
function judgeOf(schema: unknown, schemas: Record<string, unknown>): z.ZodType {
  const text = JSON.stringify({ ...(schema as object), $defs: schemas })
    .replaceAll('#/components/schemas/', '#/$defs/')
    .replaceAll('"format":"email",', '')
  return z.fromJSONSchema(JSON.parse(text) as Parameters<typeof z.fromJSONSchema>[0])
}
