import { expect, test } from 'vitest'
import { decodePunycode, encodePunycode } from './punycode.ts'

// The first three are samples of RFC 3492, section 7.1.
test.each([
  ['ليهمابتكلموشعربي؟', 'egbpdaj6bu4bxfgehfvwxn'],
  ['他们为什么不说中文', 'ihqwcrb4cv8a8dqg056pqjye'],
  ['3年b組金八先生', '3b-ww4c5e180e575a65lsy2b'],
  ['bücher', 'bcher-kva'],
  ['😀', 'e28h'],
])('%s is %s in Punycode', (text, encoded) => {
  expect(encodePunycode(text)).toBe(encoded)
  expect(decodePunycode(encoded)).toBe(text)
})

test.each(['a!', 'zzzzzzzzzzzz', 'é'])('%s is no Punycode', (encoded) => {
  expect(decodePunycode(encoded)).toBeNull()
})
