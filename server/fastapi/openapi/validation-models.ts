import { referenceTo, type SchemaObject } from './schema-object.ts'

/** The schemas that FastAPI's documents have for a 422. */
export const VALIDATION_MODELS: Record<string, SchemaObject> = {
  HTTPValidationError: {
    properties: { detail: { items: referenceTo('ValidationError'), type: 'array', title: 'Detail' } },
    type: 'object',
    title: 'HTTPValidationError',
  },
  ValidationError: {
    properties: {
      loc: { items: { anyOf: [{ type: 'string' }, { type: 'integer' }] }, type: 'array', title: 'Location' },
      msg: { type: 'string', title: 'Message' },
      type: { type: 'string', title: 'Error Type' },
      input: { title: 'Input' },
      ctx: { type: 'object', title: 'Context' },
    },
    type: 'object',
    required: ['loc', 'msg', 'type'],
    title: 'ValidationError',
  },
}
