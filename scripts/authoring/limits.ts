interface Schema {
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  definitions?: Record<string, Schema>
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  minimum?: number
  maximum?: number
}

type Bounds = readonly [min: number | undefined, max: number | undefined, unit: string]

/**
 * Keys of a file with an upper limit or a number of items, and what it is: `title`, `3 to 40 characters`.
 * @param text a JSON schema
 */
export function limitsIn(text: string): [key: string, limit: string][] {
  const found = new Map<string, string>()
  visit(JSON.parse(text) as Schema)
  return [...found]

  function visit(schema: Schema, path: readonly string[] = []): void {
    const limit = limitOf(schema)
    // A key of the same name has the same limit wherever it stands.
    if (limit !== undefined && path.length > 0) found.set(path.slice(-2).join('.'), limit)
    for (const [key, property] of Object.entries(schema.properties ?? {})) visit(property, [...path, key])
    if (schema.items) visit(schema.items, path)
    for (const option of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) visit(option, path)
    for (const [name, definition] of Object.entries(schema.definitions ?? {}))
      visit(definition, [name.charAt(0).toLowerCase() + name.slice(1)])
  }
}

function limitOf({ minLength, maxLength, minItems, maxItems, minimum, maximum }: Schema): string | undefined {
  const bounds: Bounds[] = [
    [minLength, maxLength, 'characters'],
    [minItems, maxItems, 'items'],
    [minimum, maximum, ''],
  ]
  const [min, max, unit] = bounds.find((each) => each[1] !== undefined && each[1] < 1e9) ?? []
  if (max === undefined) return undefined
  return `${min === undefined ? 'at most' : min === max ? 'exactly' : `${min} to`} ${max} ${unit}`.trim()
}
