// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileName } from './file-name.ts'

test.each([
  ['Zoë O’Brien-Ngô', 'zoë-o-brien-ngô'],
  ['Jürgen Groß', 'jürgen-groß'],
  ['ليلى العلوي', 'ليلى-العلوي'],
  ['प्रिया शर्मा', 'प्रिया-शर्मा'],
  ['陈 美玲', '陈-美玲'],
  ['e\u0301lodie', 'élodie'],
  ['a/b\\c:d*e?"<f>|g', 'a-b-c-d-e-f-g'],
  ['../../etc/passwd', 'etc-passwd'],
  ['  .hidden  ', 'hidden'],
])('%s keeps its letters', (name, expected) => {
  expect(fileName(name, 'interview')).toBe(expected)
})

test('a name without a letter or digit gets the fallback, and one that Windows reserves gets it as a prefix', () => {
  for (const name of ['', '🦊', ' – ', '\u0301']) expect(fileName(name, 'interview')).toBe('interview')
  for (const name of ['CON', 'aux', 'Lpt1']) {
    expect(fileName(name, 'interview')).toBe(`interview-${name.toLowerCase()}`)
  }
})

test('any text gives a name that every file system takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const name = fileName(text, 'interview')
      expect(name).toMatch(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u)
      expect(name.endsWith('-')).toBe(false)
      expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(160)
    }),
  )
})
