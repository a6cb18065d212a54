import { expect, test } from 'vitest'
import { excerptOf } from './find.ts'

const text = `${'first words '.repeat(20)}the password is hashed with a salt ${'last words '.repeat(20)}`

test('an excerpt shows the word that was looked for, cut at words', () => {
  const excerpt = excerptOf(text, 'hashed salt')
  expect(excerpt).toContain('password is hashed')
  expect(excerpt).toMatch(/^… \w+ .* \w+ …$/)
  expect(excerpt.length).toBeLessThan(125)
})

test('a text without the word is shown from its beginning, a short one whole', () => {
  expect(excerptOf(text, 'nowhere')).toMatch(/^first words/)
  expect(excerptOf('short', 'x')).toBe('short')
})
