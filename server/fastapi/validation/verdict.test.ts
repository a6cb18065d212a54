import { expect, test } from 'vitest'
import { PyFloat, type Input } from '../json/json-value.ts'
import { valueTypeOf } from './verdict.ts'

test.each<[Input, string]>([
  [undefined, 'missing'],
  [null, 'null'],
  ['', 'string'],
  [false, 'bool'],
  [0, 'int'],
  [2n ** 60n, 'int'],
  [new PyFloat(1), 'float'],
  [Buffer.from('x'), 'bytes'],
  [[], 'list'],
  [new Map(), 'object'],
])('%s is called %s', (value, type) => {
  expect(valueTypeOf(value)).toBe(type)
})
