/** As much of JSON Schema as FastAPI's documents use. */
export interface Schema {
  $ref?: string
  type?: string
  format?: string
  default?: unknown
  const?: unknown
  enum?: unknown[]
  anyOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  minLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
}

/** Examples that suit a field's name better than any derived from its rules. */
const BY_NAME: Record<string, unknown> = {
  name: 'Hedy Lamarr',
  bio: 'Hopped frequencies.',
  age: 28,
  password: 'frequency-hopping',
  username: 'ada@example.com',
  email: 'hedy@example.com',
  user_id: 1,
}

/**
 * An example value that a schema accepts.
 * @param schemas the schemas that `$ref` may name
 */
export function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>, name = ''): unknown {
  const meant = resolved(schema, schemas)
  const { type, properties, required = [] } = meant
  if (type === 'object' || properties) {
    const fields = Object.entries(properties ?? {})
    // OAuth2's form has optional fields that no one fills in: only its required ones.
    const wanted =
      'username' in (properties ?? {}) ? fields.filter(([key]) => required.includes(key)) : fields
    const person = 'username' in (properties ?? {}) ? { password: 'analytical-engine' } : {}
    return {
      ...Object.fromEntries(wanted.map(([key, field]) => [key, exampleOf(field, schemas, key)])),
      ...person,
    }
  }
  if (name in BY_NAME) return BY_NAME[name]
  if (meant.const !== undefined) return meant.const
  if (meant.enum?.length) return meant.enum[0]
  if (meant.default !== undefined) return meant.default
  if (type === 'integer' || type === 'number')
    return Math.max(meant.minimum ?? 1, Math.min(1, meant.maximum ?? 1))
  if (type === 'boolean') return true
  if (type === 'array') return meant.items ? [exampleOf(meant.items, schemas)] : []
  if (meant.format === 'email') return BY_NAME.email
  return 'text'.padEnd(meant.minLength ?? 0, '.')
}

function resolved(schema: Schema, schemas: Readonly<Record<string, Schema>>): Schema {
  const named = schema.$ref?.split('/').at(-1)
  if (named !== undefined) return schemas[named] ?? {}
  const chosen = schema.anyOf?.find(({ type }) => type !== 'null')
  return chosen ? resolved(chosen, schemas) : schema
}
