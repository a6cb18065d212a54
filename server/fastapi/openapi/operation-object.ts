import type { OperationDescription } from '../operation.ts'
import { describeField } from '../validation/describe-field.ts'
import type { Fields } from '../validation/validate.ts'
import { bodySchema, fieldSchema, objectSchema, referenceTo, titleOf } from './schema-object.ts'
import type { Models, SchemaObject } from './schema-object.ts'
import { VALIDATION_MODELS } from './validation-models.ts'

/**
 * The document's entry for one operation, with FastAPI's operationId, summary and titles.
 * @param models the models that the operation refers to are added to it
 */
export function operationObject(operation: OperationDescription, models: Models): SchemaObject {
  const { tags, name, params = {}, security = [] } = operation
  const parameters = [...parameterObjects('path', params.path), ...parameterObjects('query', params.query)]
  return {
    tags,
    summary: titleOf(name),
    operationId: operationId(operation),
    ...(security.length > 0 ? { security: security.map((scheme) => ({ [scheme]: [] })) } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(operation, models),
    responses: responseObjects(operation, parameters.length > 0, models),
  }
}

/** `create_user` on `POST /users/` is `create_user_users__post`. */
function operationId({ name, path, method }: OperationDescription): string {
  return `${`${name}${path}`.replace(/\W/g, '_')}_${method}`
}

function parameterObjects(where: 'path' | 'query', fields: Fields = {}): SchemaObject[] {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    in: where,
    required: describeField(field).isRequired,
    schema: fieldSchema(name, field),
  }))
}

function requestBody(operation: OperationDescription, models: Models): { requestBody?: SchemaObject } {
  const { body, form } = operation
  if (body !== undefined) {
    return {
      requestBody: { required: true, content: { 'application/json': { schema: bodySchema(body, models) } } },
    }
  }
  if (form === undefined) return {}
  const model = `Body_${operationId(operation)}`
  models.set(model, objectSchema(model, form))
  const content = { 'application/x-www-form-urlencoded': { schema: referenceTo(model) } }
  return { requestBody: { required: true, content } }
}

function responseObjects(
  operation: OperationDescription,
  hasParameters: boolean,
  models: Models,
): Map<string, SchemaObject> {
  const { status, response, responses = [], body, form } = operation
  const objects = new Map<string, SchemaObject>([[String(status), { description: 'Successful Response' }]])
  if (response !== undefined) {
    const schema = bodySchema(response, models)
    const title = titleOf(`Response_${operationId(operation)}`)
    objects.set(String(status), {
      description: 'Successful Response',
      content: { 'application/json': { schema: '$ref' in schema ? schema : { ...schema, title } } },
    })
  }
  for (const [refusal, described] of responses) objects.set(String(refusal), described)
  if (hasParameters || body !== undefined || form !== undefined) {
    for (const [name, schema] of Object.entries(VALIDATION_MODELS)) models.set(name, schema)
    if (!objects.has('422')) {
      objects.set('422', {
        description: 'Validation Error',
        content: { 'application/json': { schema: referenceTo('HTTPValidationError') } },
      })
    }
  }
  return objects
}
