import { expect, test } from 'vitest'
import { EmailSyntaxError } from './characters.ts'
import { toAscii, toUnicode } from './idna.ts'

// The first two are samples of RFC 3492, section 7.1.
test.each([
  ['他们为什么不说中文', 'xn--ihqwcrb4cv8a8dqg056pqjye'],
  ['3年b組金八先生', 'xn--3b-ww4c5e180e575a65lsy2b'],
  ['bücher', 'xn--bcher-kva'],
])('%s is written %s, and read again', (label, ascii) => {
  expect(toAscii(label)).toBe(ascii)
  expect(toUnicode(ascii)).toBe(label)
})

test.each([
  ['xn--a!', 'Invalid A-label'],
  ['xn--zzzzzzzzzzzz', 'Invalid A-label'],
  ['xn---bcher-kva', 'Label must not start or end with a hyphen'],
  // Python's codec reads this hyphen as the end of no letters, and writes none for them.
  ['xn---kva', 'A-label is not the canonical Punycode encoding of its U-label'],
])('%s is refused: %s', (label, problem) => {
  expect(() => toAscii(label)).toThrow(EmailSyntaxError)
  expect(() => toAscii(label)).toThrow(problem)
})
