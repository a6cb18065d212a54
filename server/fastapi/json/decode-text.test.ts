import { expect, test } from 'vitest'
import answers from '../python-answers/decoded-bytes.generated.json' with { type: 'json' }
import { decodeText } from './decode-text.ts'
import { UnreadableBodyError } from './unreadable-body-error.ts'

test.each(Object.entries(answers))('the bytes %s are the text that Python reads, or none', (hex, utf16) => {
  const decode = () => decodeText(Buffer.from(hex, 'hex'))
  if (utf16 === null) expect(decode).toThrow(UnreadableBodyError)
  else expect(Buffer.from(decode(), 'utf16le').toString('hex')).toBe(utf16)
})
