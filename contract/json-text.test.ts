import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ABSENT, valueAt } from './match.ts'
import {
  formatJson,
  readJsonText,
  sourceOf,
  textAt,
  tokensOf,
  verbatimJson,
  type JsonText,
} from './json-text.ts'

const space = fc.stringMatching(/^[ \t\n\r]{0,3}$/)
const digits = fc.stringMatching(/^-?(0|[1-9]\d{0,25})(\.\d{1,5})?([eE][+-]?\d{1,2})?$/)
const character = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 3 }).map((text) => JSON.stringify(text).slice(1, -1)),
  fc.constantFrom('\\u00e9', '\\ud83d', '\\/', '\\"', '\\\\', '\\n', 'é', '<b>', '{{x}}', '1', '__proto__'),
)
const text = fc.array(character, { maxLength: 3 }).map((parts) => `"${parts.join('')}"`)
const key = fc.oneof(text, fc.constantFrom('"1"', '"10"', '"2"', '"a"', '"a"', '""'))

/** JSON texts as lists of their tokens, with space thrown in. */
const { json } = fc.letrec<{ json: string[] }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(digits, text, fc.constantFrom('true', 'false', 'null')).map((one) => [one]),
    fc.array(tie('json'), { maxLength: 4 }).map((items) => ['[', ...joined(items), ']']),
    fc
      .array(fc.tuple(key, tie('json')), { maxLength: 4 })
      .map((entries) => ['{', ...joined(entries.map(([name, value]) => [name, ':', ...value])), '}']),
  ),
}))
function joined(parts: string[][]): string[] {
  return parts.flatMap((part, at) => (at > 0 ? [',', ...part] : part))
}
const spaced = fc.tuple(json, fc.array(space, { minLength: 8, maxLength: 8 })).map(([tokens, spaces]) => ({
  tokens,
  text: tokens.map((token, at) => token + (spaces[at % spaces.length] ?? '')).join(''),
}))

test('a tree has every token of the text, in order and as written', () => {
  fc.assert(
    fc.property(spaced, ({ tokens, text }) => {
      expect(tokensOf(text)).toEqual(tokens)
      const tree = readJsonText(text)
      expect(sourceOf(tree as JsonText)).toBe(tokens.join(''))
    }),
    { numRuns: 2000 },
  )
})

test('formatting changes only white space, and indents as JSON.stringify does', () => {
  fc.assert(
    fc.property(spaced, ({ tokens, text }) => {
      expect(tokensOf(formatJson(text) ?? '')).toEqual(tokens)
      const plain = JSON.stringify(JSON.parse(text))
      expect(formatJson(plain)).toBe(JSON.stringify(JSON.parse(text), null, 2))
    }),
    { numRuns: 1000 },
  )
})

test('a path finds the same value as in parsed JSON', () => {
  const segment = fc.constantFrom('1', '10', 'a', '', '0', '-1', '__proto__', 'toString')
  fc.assert(
    fc.property(spaced, fc.array(segment, { maxLength: 3 }), ({ text }, path) => {
      const found = textAt(readJsonText(text), path)
      const parsed = valueAt(JSON.parse(text), path)
      expect(found === null ? ABSENT : (JSON.parse(sourceOf(found)) as unknown)).toEqual(parsed)
    }),
    { numRuns: 1000 },
  )
})

test.each(['', ' ', '{', '[1,]', 'NaN', '\u{feff}{}', '{"a":1} x', "{'a':1}", '01', '"\n"'])(
  '%j is not JSON',
  (text) => {
    expect(readJsonText(text)).toBeNull()
    expect(formatJson(text)).toBeNull()
  },
)

test('a text that is nested deeper than the call stack can be read and written', () => {
  const deep = `${'['.repeat(6000)}1.0${']'.repeat(6000)}`
  expect(sourceOf(readJsonText(deep) as JsonText)).toBe(deep)
  expect(sourceOf(readJsonText(deep) as JsonText, 10)).toBe('['.repeat(10))
})

test('a value that JSON.stringify would write differently is saved as it was written', () => {
  const saved = (text: string) => verbatimJson(JSON.parse(text), readJsonText(text))
  expect(saved('7')).toBe(7)
  expect(saved('"\\u00e9"')).toBe('é')
  expect(saved('{"a":1}')).toEqual({ a: 1 })
  for (const text of ['12345678901234567890', '1.0', '1e3', '-0', '{"b":1,"2":2}', '[1.50]'])
    expect(String(saved(text))).toBe(text)
})
