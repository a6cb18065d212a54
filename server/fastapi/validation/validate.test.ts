import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { int, str } from './field-types.ts'
import { readQuery } from './read-body.ts'
import { validate, validateFields } from './validate.ts'

const Model = z.strictObject({
  name: str({ minLength: 1 }),
  secret: str().refine((text) => text !== 'hunter2', 'was in the papers'),
  age: int({ ge: 13 }).nullable().default(null),
  bio: str().optional(),
})

const object = (fields: Record<string, never> | Record<string, string | number>) =>
  new Map(Object.entries(fields))

describe('a body', () => {
  test('gives the handler what was sent and what has a default, nothing else', () => {
    expect(validate(Model, object({ name: 'Ada', secret: 'x' }), ['body'])).toMatchObject({
      ok: true,
      value: { name: 'Ada', secret: 'x', age: null },
    })
    const found = validate(Model, object({ name: 'Ada', secret: 'x' }), ['body'])
    expect(found.ok && 'bio' in found.value).toBe(false)
  })

  test('is refused with every problem at once, in the order of the fields, then of unknown ones', () => {
    const body = new Map<string, string | number>([
      ['z', 1],
      ['age', 12],
      ['secret', 'hunter2'],
      ['0', 2],
    ])
    const found = validate(Model, body, ['body'])
    expect(found).toMatchObject({
      ok: false,
      errors: [
        { type: 'missing', loc: ['body', 'name'], msg: 'Field required', input: body },
        {
          type: 'value_error',
          loc: ['body', 'secret'],
          msg: 'Value error, was in the papers',
          input: 'hunter2',
          ctx: { error: {} },
        },
        { type: 'greater_than_equal', loc: ['body', 'age'], input: 12, ctx: { ge: 13 } },
        { type: 'extra_forbidden', loc: ['body', 'z'], msg: 'Extra inputs are not permitted', input: 1 },
        { type: 'extra_forbidden', loc: ['body', '0'], input: 2 },
      ],
    })
  })

  test('has at most one problem per field, the first', () => {
    const Word = z.object({
      word: str()
        .refine(() => false, 'first')
        .refine(() => false, 'second'),
    })
    expect(validate(Word, object({ word: 'x' }), ['body'])).toMatchObject({
      errors: [{ loc: ['body', 'word'], msg: 'Value error, first' }],
    })
  })

  test('may be refused as a whole by its model', () => {
    const Whole = z.object({ a: str() }).refine(() => false, 'never')
    expect(validate(Whole, object({ a: 'x' }), ['body'])).toMatchObject({
      errors: [{ type: 'value_error', loc: ['body'], msg: 'Value error, never', input: object({ a: 'x' }) }],
    })
  })

  test('with a lone surrogate in an unknown key is refused as a whole', () => {
    const found = validate(Model, object({ name: 'Ada', secret: 'x', '\ud800': 1 }), ['body'])
    expect(found.ok ? [] : found.errors).toMatchObject([
      {
        type: 'string_unicode',
        loc: ['body'],
        msg: 'Input should be a valid string, unable to parse raw data as a unicode string',
      },
    ])
    expect(found.fields).toEqual([
      {
        loc: ['body'],
        valueType: 'object',
        rule: 'an object',
        ok: false,
        error: 'string_unicode',
        message: 'Input should be a valid string, unable to parse raw data as a unicode string',
      },
    ])
  })

  test('that is missing or not an object is one problem', () => {
    expect(validate(Model, undefined, ['body'])).toMatchObject({
      errors: [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null }],
    })
    expect(validate(Model, Buffer.from('{}'), ['body'])).toMatchObject({
      errors: [{ type: 'model_attributes_type', loc: ['body'], input: Buffer.from('{}') }],
    })
  })

  test("may have unknown fields if the model isn't strict", () => {
    const found = validate(z.object({ name: str() }), object({ name: 'Ada', id: 7 }), ['body'])
    expect(found.ok && found.value).toEqual({ name: 'Ada' })
  })

  test('reports every field to the trace, but no value', () => {
    const { fields } = validate(Model, object({ name: 'Ada', secret: 'hunter2', age: 40, x: 'hunter2' }), [
      'body',
    ])
    expect(fields).toEqual([
      { loc: ['body', 'name'], valueType: 'string', rule: 'str, at least 1 character', ok: true },
      {
        loc: ['body', 'secret'],
        valueType: 'string',
        rule: 'str',
        ok: false,
        error: 'value_error',
        message: 'Value error, was in the papers',
      },
      { loc: ['body', 'age'], valueType: 'int', rule: 'int, 13 or more or null; optional', ok: true },
      { loc: ['body', 'bio'], valueType: 'missing', rule: 'str; optional', ok: true },
      {
        loc: ['body', 'x'],
        valueType: 'string',
        rule: 'not a field here',
        ok: false,
        error: 'extra_forbidden',
        message: 'Extra inputs are not permitted',
      },
    ])
    expect(JSON.stringify(fields)).not.toContain('hunter2')
  })

  test("of a schema that isn't an object is a programming error", () => {
    expect(() => validate(str(), 'x', ['body'])).toThrow('z.object')
  })
})

describe('query parameters', () => {
  const fields = { skip: int({ ge: 0 }).default(0), limit: int({ ge: 1, le: 100 }) }

  test.each([
    ['limit=10', { skip: 0, limit: 10 }],
    ['skip=1&skip=%202&limit=+3', { skip: 2, limit: 3 }],
    ['sk%69p=4.0&&limit=1_0&x=y', { skip: 4, limit: 10 }],
  ])('%s', (query, value) => {
    expect(validateFields(fields, readQuery(query), 'query')).toMatchObject({ ok: true, value })
  })

  test('are validated one by one', () => {
    expect(validateFields(fields, readQuery('skip='), 'query')).toMatchObject({
      errors: [
        { type: 'int_parsing', loc: ['query', 'skip'], input: '' },
        { type: 'missing', loc: ['query', 'limit'], input: null },
      ],
    })
  })

  test('keep a leading question mark', () => {
    expect([...readQuery('?skip=1')]).toEqual([['?skip', '1']])
  })
})
