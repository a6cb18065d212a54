import { expect, test } from 'vitest'
import { z } from 'zod'
import type { OperationDescription } from '../operation.ts'
import { int, str } from '../validation/field-types.ts'
import { toJson } from '../json/to-json.ts'
import { openapiOf, type OpenApiDocument } from './openapi-of.ts'

const Item = z.strictObject({ name: str({ maxLength: 9 }), size: int().nullable().default(null) })

const documentOf = (...operations: OperationDescription[]) =>
  JSON.parse(
    toJson(openapiOf({ title: 'Shop', version: '1', operations, securitySchemes: [] })),
  ) as OpenApiDocument

const GET_ITEMS: OperationDescription = {
  method: 'get',
  path: '/items',
  name: 'get_items',
  tags: [],
  status: 200,
}

test('an app without models has no components', () => {
  expect(documentOf(GET_ITEMS)).toEqual({
    openapi: '3.1.0',
    info: { title: 'Shop', version: '1' },
    paths: {
      '/items': {
        get: {
          tags: [],
          summary: 'Get Items',
          operationId: 'get_items_items_get',
          responses: { 200: { description: 'Successful Response' } },
        },
      },
    },
  })
})

test('operations of one path stand together', () => {
  const body = Item.meta({ id: 'Item' })
  const document = documentOf(GET_ITEMS, { ...GET_ITEMS, method: 'post', name: 'create_item', body })
  expect(Object.keys(document.paths['/items'] ?? {})).toEqual(['get', 'post'])
  expect(Object.keys(document.components?.schemas ?? {})).toEqual([
    'HTTPValidationError',
    'Item',
    'ValidationError',
  ])
  expect(document.components?.schemas?.Item).toEqual({
    properties: {
      name: { type: 'string', maxLength: 9, title: 'Name' },
      size: { anyOf: [{ type: 'integer' }, { type: 'null' }], title: 'Size' },
    },
    additionalProperties: false,
    type: 'object',
    required: ['name'],
    title: 'Item',
  })
})

test('a declared 422 is not overwritten', () => {
  const responses = [[422, { description: 'Sold out' }]] as const
  const document = documentOf({ ...GET_ITEMS, params: { query: { skip: int() } }, responses })
  expect(document.paths['/items']?.get?.responses).toMatchObject({ 422: { description: 'Sold out' } })
})

test('a model needs a name', () => {
  expect(() => documentOf({ ...GET_ITEMS, body: Item })).toThrow('needs a name')
})
