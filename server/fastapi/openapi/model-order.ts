import { PyFloat } from '../json/json-value.ts'
import type { SchemaObject } from './schema-object.ts'

const OPERATION = ['tags', 'summary', 'operationId', 'parameters', 'requestBody', 'responses', 'security']
const BODY = ['content', 'required']
const SCHEMA = [
  ...['$ref', 'anyOf', 'items', 'properties', 'additionalProperties', 'type', 'enum', 'maximum', 'minimum'],
  ...['maxLength', 'minLength', 'pattern', 'required', 'format', 'title', 'description', 'default'],
]

/**
 * FastAPI parses the document it has built with Pydantic models and dumps it again, so most of it is in the order of
 * their fields. If an operation of a path has parameters, that path's operations match no model and stay as they were built.
 */
export function operationsInModelOrder(
  operations: Record<string, SchemaObject>,
): Record<string, SchemaObject> {
  if (Object.values(operations).some(({ parameters }) => parameters !== undefined)) return operations
  return mapValues(operations, (operation) => ({
    ...inOrder(operation, OPERATION),
    ...(isObject(operation.requestBody) && { requestBody: inOrder(operation.requestBody, BODY) }),
    responses: new Map(
      [...(operation.responses as Map<string, SchemaObject>)].map(([status, response]) => [
        status,
        isObject(response.content)
          ? { ...response, content: contentInModelOrder(response.content) }
          : response,
      ]),
    ),
  }))
}

function contentInModelOrder(content: SchemaObject): SchemaObject {
  return mapValues(content as Record<string, { schema: SchemaObject }>, ({ schema }) => ({
    schema: schemaInModelOrder(schema),
  }))
}

/** A schema with its keys in the order of FastAPI's model, where `maximum` and `minimum` are floats. */
export function schemaInModelOrder(schema: SchemaObject): SchemaObject {
  const { anyOf, items, properties, maximum, minimum } = schema
  const changed: SchemaObject = {
    ...(Array.isArray(anyOf) && { anyOf: (anyOf as SchemaObject[]).map(schemaInModelOrder) }),
    ...(isObject(items) && { items: schemaInModelOrder(items) }),
    ...(isObject(properties) && {
      properties: mapValues(properties as Record<string, SchemaObject>, schemaInModelOrder),
    }),
    ...(typeof maximum === 'number' && { maximum: new PyFloat(maximum) }),
    ...(typeof minimum === 'number' && { minimum: new PyFloat(minimum) }),
  }
  return inOrder({ ...schema, ...changed }, SCHEMA)
}

function inOrder(object: SchemaObject, names: readonly string[]): SchemaObject {
  const rank = (name: string) => names.indexOf(name)
  return Object.fromEntries(Object.entries(object).sort(([one], [other]) => rank(one) - rank(other)))
}

function isObject(value: unknown): value is SchemaObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mapValues<Value, Result>(
  object: Record<string, Value>,
  change: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]))
}
