// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { colourCode } from './colour-code.ts'

const LANGUAGES = ['', 'python', 'json', 'ts', 'sql', 'bash', 'cobol', 'constructor', '__proto__']
const BITS = [
  'def',
  ' ',
  '(',
  '"',
  "'",
  '"""',
  "'''",
  '\\',
  '#',
  '/*',
  '*/',
  '//',
  '--',
  '\n',
  '1.5',
  'é',
  '🎈',
  '@a.b',
]

test('the pieces are the code, unchanged, whatever it is and whatever language it claims to be', () => {
  const code = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...BITS)).map((bits) => bits.join('')),
  )
  fc.assert(
    fc.property(code, fc.constantFrom(...LANGUAGES), (typed, language) => {
      const pieces = colourCode(typed, language)
      expect(pieces.map(({ text }) => text).join('')).toBe(typed)
    }),
    { numRuns: 1_000 },
  )
})

const coloursOf = (code: string, language: string) =>
  colourCode(code, language).flatMap(({ text, colour }) => (colour === null ? [] : [`${colour} ${text}`]))

test.each([
  ['', 'def get(id): # all', ['keyword def', 'function get', 'comment # all']],
  ['python', '@app.get("/x")', ['function @app.get', 'string "/x"']],
  ['python', 'return None', ['keyword return', 'constant None']],
  ['python', '"""open\nstill', ['string """open\nstill']],
  ['python', 'a = "open\nb = 1', ['string "open', 'constant 1']],
  ['json', '{"a": true, "b": 1.5}', ['string "a"', 'constant true', 'string "b"', 'constant 1.5']],
  ['sql', 'SELECT id -- all', ['keyword SELECT', 'comment -- all']],
  ['cobol', 'if 1', []],
])('in “%s”, %j has its colours', (language, code, colours) => {
  expect(coloursOf(code, language)).toEqual(colours)
})

test('twenty thousand characters without an end are coloured at once', () => {
  for (const begin of ['"', "'''", '/*', '\\"', '#', '((((', '@.']) {
    const code = begin.repeat(20_000 / begin.length)
    expect(
      colourCode(code, 'ts')
        .map(({ text }) => text)
        .join(''),
    ).toBe(code)
  }
})
