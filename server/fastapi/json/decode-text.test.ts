import { expect, test } from 'vitest'
import answers from '../../../original/validators/decoded-bytes.generated.json' with { type: 'json' }
import { decodeText } from './decode-text.ts'
import { UnreadableBodyError } from './errors.ts'

const TWO_HALVES = 'eda080edb080'
const { [TWO_HALVES]: _, ...others } = answers

test.each(Object.entries(others))('the bytes %s are decoded, or refused, as in Python', (hex, utf16) => {
  const decode = () => decodeText(Buffer.from(hex, 'hex'))
  if (utf16 === null) expect(decode).toThrow(UnreadableBodyError)
  else expect(Buffer.from(decode(), 'utf16le').toString('hex')).toBe(utf16)
})

test("two surrogates of three bytes each stay apart, since in Python they don't make a character", () => {
  const text = decodeText(Buffer.from(TWO_HALVES, 'hex'))
  expect([...text].map((each) => /\p{Surrogate}/u.test(each))).toEqual([true, true])
})
