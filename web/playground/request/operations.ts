import { emptyDraft, METHODS, type RequestDraft } from './draft.ts'
import { exampleOf, type Schema } from './schema-example.ts'

/** A path operation of the API, with an example request. */
export interface Operation {
  id: string
  tag: string
  summary: string
  method: string
  path: string
  draft: RequestDraft
}

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema?: Schema
}

interface Described {
  operationId?: string
  summary?: string
  tags?: string[]
  security?: unknown[]
  parameters?: Parameter[]
  requestBody?: { content?: Record<string, { schema?: Schema }> }
}

export interface OpenApiDocument {
  paths: Record<string, Record<string, Described | undefined>>
  components?: { schemas?: Record<string, Schema> }
}

/** Every operation of an OpenAPI document, in its order. */
export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const described = item[method.toLowerCase()]
      if (!described) return []
      const { operationId, summary, tags } = described
      return {
        id: operationId ?? `${method} ${path}`,
        tag: tags?.[0] ?? 'other',
        summary: summary ?? path,
        method,
        path,
        draft: draftOfOperation(method, path, described, document),
      }
    }),
  )
}

function draftOfOperation(
  method: string,
  path: string,
  described: Described,
  document: OpenApiDocument,
): RequestDraft {
  const example = (schema: Schema | undefined): unknown =>
    exampleOf(schema ?? {}, document.components?.schemas ?? {})
  const parameters = described.parameters ?? []
  const filled = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const schema = parameters.find((parameter) => parameter.in === 'path' && parameter.name === name)?.schema
    return encodeURIComponent(String(example(schema)))
  })
  const query = parameters
    .filter(
      ({ in: place, required, schema }) => place === 'query' && (required || schema?.default !== undefined),
    )
    .map(({ name, schema }) => [name, String(schema?.default ?? example(schema))])
  const draft: RequestDraft = {
    ...emptyDraft(),
    method,
    path: filled + (query.length ? `?${new URLSearchParams(query).toString()}` : ''),
    caller: described.security?.length ? 'ada' : 'nobody',
  }
  const content = described.requestBody?.content ?? {}
  const json = content['application/json']
  const form = content['application/x-www-form-urlencoded']
  if (json) return { ...draft, kind: 'json', body: JSON.stringify(example(json.schema), null, 2) }
  if (!form) return draft
  const fields = Object.entries(example(form.schema) as Record<string, unknown>)
  return {
    ...draft,
    kind: 'form',
    form: fields.map(([name, value]) => ({ name, value: String(value ?? '') })),
  }
}
