import { expect, test } from 'vitest'
import { z } from 'zod'
import answers from '../../../original/validators/integers.generated.json' with { type: 'json' }
import { parseJson } from '../json/parse-json.ts'
import { toJson } from '../json/to-json.ts'
import { ruleInWords } from './describe-field.ts'
import { datetime, emailStr, float, int, literal, str } from './field-types.ts'
import { validateFields } from './validate.ts'

const judge = (field: z.ZodType, json: string) => {
  const found = validateFields({ field }, new Map([['field', parseJson(Buffer.from(json))]]), 'query')
  return found.ok ? { value: found.value.field } : { type: found.errors[0]?.type, msg: found.errors[0]?.msg }
}

test.each(answers.map((each) => ({ ...each, short: each.text.slice(0, 40) })))(
  'the integer $short is accepted, or refused, as in Pydantic',
  ({ text, answer }) => {
    expect(judge(int({ ge: 13, le: 120 }), text)).toEqual(answer)
  },
)

test('an integer is never -0', () => {
  for (const text of ['-0', '-0.0', '"-0"']) expect(judge(int(), text).value).toBe(0)
  expect(judge(int({ le: 5 }), '6').type).toBe('less_than_equal')
  expect(judge(int({ ge: 5 }), '4').type).toBe('greater_than_equal')
})

test('a text with a pattern must be a string and match it', () => {
  const word = str({ pattern: /^a+$/ })
  expect(judge(word, '"aa"')).toEqual({ value: 'aa' })
  expect(validateFields({ word }, new Map([['word', 'ab']]), 'query')).toMatchObject({
    errors: [
      {
        type: 'string_pattern_mismatch',
        msg: "String should match pattern '^a+$'",
        ctx: { pattern: '^a+$' },
      },
    ],
  })
  expect(judge(str(), '"\\ud800"')).toEqual({
    type: 'string_unicode',
    msg: 'Input should be a valid string, unable to parse raw data as a unicode string',
  })
})

test("a literal's error lists what it expects", () => {
  const way = literal('async', 'threadpool', 'blocking')
  expect(judge(way, '"async"')).toEqual({ value: 'async' })
  expect(judge(way, '"sync"')).toEqual({
    type: 'literal_error',
    msg: "Input should be 'async', 'threadpool' or 'blocking'",
  })
  expect(validateFields({ way }, new Map([['way', 'sync']]), 'query')).toMatchObject({
    errors: [{ ctx: { expected: "'async', 'threadpool' or 'blocking'" } }],
  })
})

test('a float takes integers, too, and is written as a float', () => {
  const written = (json: string) => toJson(judge(float(), json).value)
  expect([written('1.5'), written('2'), written('2.0')]).toEqual(['1.5', '2.0', '2.0'])
  expect(judge(float(), 'null')).toEqual({ type: 'float_type', msg: 'Input should be a valid number' })
})

test.each([
  ['2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00Z'],
  ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00Z'],
  ['2026-01-01T00:00:00.5Z', '2026-01-01T00:00:00.500000Z'],
  ['2026-01-01T00:00:00.123Z', '2026-01-01T00:00:00.123000Z'],
  ['2025-12-31T20:00:00.000007-04:00', '2026-01-01T00:00:00.000007Z'],
])('%s is written as Pydantic writes it, in UTC with microseconds: %s', (stored, written) => {
  expect(judge(datetime(), JSON.stringify(stored))).toEqual({ value: written })
})

test("a text that isn't a time is refused", () => {
  const refused = { type: 'datetime_type', msg: 'Input should be a valid datetime' }
  expect([judge(datetime(), '"yesterday"'), judge(datetime(), '5')]).toEqual([refused, refused])
})

test.each([
  [str(), 'str'],
  [str({ minLength: 1, maxLength: 50 }), 'str, 1 to 50 characters'],
  [str({ minLength: 8 }), 'str, at least 8 characters'],
  [str({ maxLength: 1 }), 'str, at most 1 character'],
  [int({ ge: 13, le: 120 }).nullable().default(null), 'int, 13 to 120 or null; optional'],
  [int({ ge: 0 }).optional(), 'int, 0 or more; optional'],
  [str({ minLength: 8 }).refine(() => true), 'str, at least 8 characters'],
  [str({ pattern: /^a+$/ }), 'str like ^a+$'],
  [int(), 'int'],
  [int({ le: 5 }), 'int, at most 5'],
  [emailStr(), 'email address'],
  [float(), 'float'],
  [literal('a', 'b'), 'one of a, b'],
  [datetime(), 'datetime'],
])("a field's rule is described in words", (field, words) => {
  expect(ruleInWords(field)).toBe(words)
})

test("a schema that isn't built on a field type is a programming error", () => {
  expect(() => ruleInWords(z.string())).toThrow('field type')
})
