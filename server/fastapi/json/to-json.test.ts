import { expect, test } from 'vitest'
import { PyFloat } from './json-value.ts'
import { NotSerializableError, toJson } from './to-json.ts'

test.each([
  [30, '30.0'],
  [0.1, '0.1'],
  [-0, '-0.0'],
  [0.0001, '0.0001'],
  [0.00001, '1e-05'],
  [9007199254740992, '9007199254740992.0'],
  [1e16, '1e+16'],
  [1.5e300, '1.5e+300'],
  [5e-324, '5e-324'],
])('the float %d is written as Python writes it', (value, text) => {
  expect(toJson(new PyFloat(value))).toBe(text)
})

test('objects, maps and lists are written without spaces, in the order of their keys', () => {
  const value = { b: [1, null, true], a: new Map([['1', 'ä"\n']]), left: undefined }
  expect(toJson(value)).toBe('{"b":[1,null,true],"a":{"1":"ä\\"\\n"}}')
})

test('a JavaScript number is written as an integer if it is exact', () => {
  expect([toJson(7), toJson(1.5), toJson(2 ** 53), toJson(2n ** 53n)]).toEqual([
    '7',
    '1.5',
    '9007199254740992.0',
    '9007199254740992',
  ])
})

test.each([undefined, () => 1, Symbol('x')])("%s can't be JSON, and is a programming error", (value) => {
  expect(() => toJson(value)).toThrow(TypeError)
})

test('bytes are written as the text they encode, including a byte order mark', () => {
  expect(toJson(Buffer.from('\ufeffa'))).toBe('"\ufeffa"')
  expect(toJson(Buffer.from('name=Ada'))).toBe('"name=Ada"')
})

test.each([
  ['NaN', new PyFloat(NaN)],
  ['an infinity', [new PyFloat(-Infinity)]],
  ['half of a surrogate pair', { name: '\ud83d' }],
  ['half of a surrogate pair in a key', new Map([['\udc00', 1]])],
  ['bytes that are no UTF-8', Buffer.from([0xff])],
])("%s can't be written as JSON", (_what, value) => {
  expect(() => toJson(value)).toThrow(NotSerializableError)
})
