// @vitest-environment node
import { expect, test } from 'vitest'
import { excerptOf } from './find.ts'

const text = `${'first words '.repeat(20)}the password is hashed with a salt ${'last words '.repeat(20)}`

test('an excerpt shows the search word and is cut between words', () => {
  const excerpt = excerptOf(text, 'hashed salt')
  expect(excerpt).toContain('password is hashed')
  expect(excerpt).toMatch(/^… \w+ .* \w+ …$/)
  expect(excerpt.length).toBeLessThan(125)
})

test('a text without the word is shown from its start, a short one in full', () => {
  expect(excerptOf(text, 'nowhere')).toMatch(/^first words/)
  expect(excerptOf('short', 'x')).toBe('short')
})
