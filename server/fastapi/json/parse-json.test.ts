import { expect, test } from 'vitest'
import answers from '../../../original/validators/json-texts.generated.json' with { type: 'json' }
import { JsonDecodeError, UnreadableBodyError } from './errors.ts'
import { PyFloat } from './json-value.ts'
import { MAX_DEPTH, parseJson } from './parse-json.ts'
import { NotSerializableError, toJson } from './to-json.ts'

const parse = (text: string) => parseJson(Buffer.from(text))

test.each(answers)('$text is read, or refused, as Python does', ({ text, answer }) => {
  expect(outcome(text)).toEqual(answer)
})

function outcome(text: string): unknown {
  try {
    return { json: toJson(parse(text)) }
  } catch (error) {
    if (error instanceof JsonDecodeError) return { msg: error.msg, pos: error.pos }
    if (error instanceof NotSerializableError) return { no_json: true }
    throw error
  }
}

test('an integer and a float of the same value stay distinct', () => {
  expect(parse('[30, 30.0, 3e1]')).toEqual([30, new PyFloat(30), new PyFloat(30)])
})

test('an integer too long for a number keeps its digits', () => {
  expect(parse('9007199254740993')).toBe(9007199254740993n)
  expect(toJson(parse('123456789012345678901234567890'))).toBe('123456789012345678901234567890')
})

test('keys keep their order, and __proto__ is a key like any other', () => {
  const object = parse('{"b": 1, "1": 2, "__proto__": {"admin": true}}') as Map<string, unknown>
  expect([...object.keys()]).toEqual(['b', '1', '__proto__'])
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test.each(['utf-16le', 'utf-16be', 'utf-32le'] as const)('%s is detected by its first bytes', (encoding) => {
  const utf16 = Buffer.from('{"ä": "😀"}', 'utf16le')
  const utf32 = Buffer.from(new Uint32Array([...'{"ä": "😀"}'].map((c) => c.codePointAt(0) ?? 0)).buffer)
  const bytes = { 'utf-16le': utf16, 'utf-16be': Buffer.from(utf16).swap16(), 'utf-32le': utf32 }[encoding]
  expect(parseJson(bytes)).toEqual(new Map([['ä', '😀']]))
})

test('a byte order mark is not part of the text', () => {
  expect(parseJson(Buffer.from('\ufeff{}'))).toEqual(new Map())
})

test('a lone surrogate passes as three bytes, as in Python', () => {
  expect(parseJson(Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))).toBe('\ud800')
})

test.each([
  ['a byte that UTF-8 never has', Buffer.from([0x22, 0xff, 0x22])],
  ['a truncated character', Buffer.from([0x22, 0xc3])],
  ['UTF-16 of an odd length', Buffer.from([0xff, 0xfe, 0x22])],
  ['an integer of 4301 digits', Buffer.from('1'.repeat(4301))],
  ['lists deeper than the limit', Buffer.from('['.repeat(MAX_DEPTH + 1))],
  ['objects deeper than the limit', Buffer.from('{"a":'.repeat(MAX_DEPTH + 1))],
])('%s is not a readable body', (_what, bytes) => {
  expect(() => parseJson(bytes)).toThrow(UnreadableBodyError)
})

test('an integer may have 4300 digits, and a sign', () => {
  const digits = '1'.repeat(4300)
  expect(toJson(parse(`[${digits},-${digits}]`))).toBe(`[${digits},-${digits}]`)
})

test('JSON may be nested as deep as the limit', () => {
  const deep = `${'['.repeat(MAX_DEPTH)}${']'.repeat(MAX_DEPTH)}`
  expect(toJson(parse(deep))).toBe(deep)
})
