import { expect, test } from 'vitest'
import type { z } from 'zod'
import answers from '../python-answers/integers.generated.json' with { type: 'json' }
import { parseJson } from '../json/parse-json.ts'
import { ruleInWords } from './describe-field.ts'
import { datetime, float, int, literal, str } from './field-types.ts'
import { validateFields } from './validate.ts'

const judge = (field: z.ZodType, json: string) => {
  const found = validateFields({ field }, new Map([['field', parseJson(Buffer.from(json))]]), 'query')
  return found.ok ? { value: found.value.field } : { type: found.errors[0]?.type, msg: found.errors[0]?.msg }
}

test.each(answers.map((each) => ({ ...each, short: each.text.slice(0, 40) })))(
  'the integer $short is judged as Pydantic does',
  ({ text, answer }) => {
    expect(judge(int({ ge: 13, le: 120 }), text)).toEqual(answer)
  },
)

test('a literal names what it expects', () => {
  const way = literal('async', 'threadpool', 'blocking')
  expect(judge(way, '"async"')).toEqual({ value: 'async' })
  expect(judge(way, '"sync"')).toEqual({
    type: 'literal_error',
    msg: "Input should be 'async', 'threadpool' or 'blocking'",
  })
})

test('a float takes integers too', () => {
  expect([judge(float(), '1.5'), judge(float(), '2')]).toEqual([{ value: 1.5 }, { value: 2 }])
  expect(judge(float(), 'null').type).toBe('float_type')
})

test('a time is given in UTC', () => {
  expect(judge(datetime(), '"2026-01-01T01:00:00+01:00"')).toEqual({ value: '2026-01-01T00:00:00.000Z' })
  expect(judge(datetime(), '"yesterday"').type).toBe('datetime_type')
})

test.each([
  [str(), 'str'],
  [str({ minLength: 1, maxLength: 50 }), 'str, 1 to 50 characters'],
  [str({ minLength: 8 }), 'str, at least 8 characters'],
  [str({ maxLength: 1 }), 'str, at most 1 character'],
  [int({ ge: 13, le: 120 }).nullable().default(null), 'int, 13 to 120 or null; may be left out'],
  [int({ ge: 0 }).optional(), 'int, 0 or more; may be left out'],
  [str({ minLength: 8 }).refine(() => true), 'str, at least 8 characters'],
])('a rule can be read', (field, words) => {
  expect(ruleInWords(field)).toBe(words)
})
