import { expect, test } from 'vitest'
import answers from '../../../original/validators/decoded-bytes.generated.json' with { type: 'json' }
import { decodeText } from './decode-text.ts'
import { UnreadableBodyError } from './errors.ts'

const TWO_HALVES = 'eda080edb080'
const { [TWO_HALVES]: _, ...others } = answers

test.each(Object.entries(others))('the bytes %s are the text that Python reads, or none', (hex, utf16) => {
  const decode = () => decodeText(Buffer.from(hex, 'hex'))
  if (utf16 === null) expect(decode).toThrow(UnreadableBodyError)
  else expect(Buffer.from(decode(), 'utf16le').toString('hex')).toBe(utf16)
})

test('two halves of a surrogate pair, three bytes each, stay two: to Python they are no character', () => {
  const text = decodeText(Buffer.from(TWO_HALVES, 'hex'))
  expect([...text].map((each) => /\p{Surrogate}/u.test(each))).toEqual([true, true])
})
