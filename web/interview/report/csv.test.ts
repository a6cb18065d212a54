// @vitest-environment node
import { expect, test } from 'vitest'
import { csvOf } from './csv.ts'

const INVISIBLE = [
  '\u200b',
  '\u00ad',
  '\u202e',
  '\0',
  '\ufeff',
  '\u2060',
  '\u00a0',
  '\u3000',
  '\t',
  '\r',
  '\n',
  '\u034f',
  '\u115f',
  '\u3164',
  '\ufe0f',
]
const SIGNS = ['=', '+', '-', '@', '|', '＝', '＋', '－', '＠']

test('text that a spreadsheet could take for a formula gets an apostrophe, whatever invisible characters come before its sign', () => {
  for (const sign of SIGNS) {
    for (const before of ['', ...INVISIBLE, INVISIBLE.join('')]) {
      const text = `${before}${sign}1+1`
      expect(csvOf([[text]])).toBe(`"'${text}"\r\n`)
    }
  }
})

test('other text, and numbers, stay as they are', () => {
  expect(csvOf([['Ada', 'a = b', 'say "hi"', '', -3, 1.5, null]])).toBe(
    '"Ada","a = b","say ""hi""","",-3,1.5,\r\n',
  )
})
