import type { SecurityScheme } from '../dependency.ts'
import type { OperationDescription } from '../operation.ts'
import { operationsInModelOrder, schemaInModelOrder } from './model-order.ts'
import { operationObject } from './operation-object.ts'
import type { Models, SchemaObject } from './schema-object.ts'

/** Everything that the document is built from. */
export interface DescribedApp {
  title: string
  version: string
  /** In the order of their declaration. */
  operations: OperationDescription[]
  securitySchemes: SecurityScheme[]
}

export interface OpenApiDocument {
  openapi: '3.1.0'
  info: { title: string; version: string }
  /** By path, then by method in lower case. */
  paths: Record<string, Record<string, SchemaObject>>
  components?: { schemas?: Record<string, SchemaObject>; securitySchemes?: Record<string, SchemaObject> }
}

/**
 * The OpenAPI 3.1 document that FastAPI generates from the same declarations, for `toJson`: responses are a Map, because
 * they keep the order of declaration, and some numbers are floats.
 * @throws {Error} when a model has no name, or a field isn't built on a field type
 */
export function openapiOf({ title, version, operations, securitySchemes }: DescribedApp): OpenApiDocument {
  const models: Models = new Map()
  const built: OpenApiDocument['paths'] = {}
  for (const operation of operations) {
    built[operation.path] ??= {}
    Object.assign(built[operation.path] ?? {}, { [operation.method]: operationObject(operation, models) })
  }
  const paths = Object.fromEntries(
    Object.entries(built).map(([path, each]) => [path, operationsInModelOrder(each)]),
  )
  const sorted = [...models].sort(([a], [b]) => (a < b ? -1 : 1))
  const schemas = Object.fromEntries(sorted.map(([name, schema]) => [name, schemaInModelOrder(schema)]))
  const schemes = Object.fromEntries(
    securitySchemes.map(({ name, tokenUrl }) => [name, passwordFlow(tokenUrl)]),
  )
  const components = {
    ...(models.size > 0 ? { schemas } : {}),
    ...(securitySchemes.length > 0 ? { securitySchemes: schemes } : {}),
  }
  const document: OpenApiDocument = { openapi: '3.1.0', info: { title, version }, paths }
  return Object.keys(components).length > 0 ? { ...document, components } : document
}

function passwordFlow(tokenUrl: string): SchemaObject {
  return { type: 'oauth2', flows: { password: { scopes: {}, tokenUrl } } }
}
