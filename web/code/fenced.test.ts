// @vitest-environment node
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { expect, test } from 'vitest'
import { partsOf } from './fenced.ts'

const LINES = [
  '```',
  '````',
  '```python',
  '``` json ',
  '    ```',
  '``',
  '`a` b',
  'x = 1',
  '    y',
  '',
  '```a`b',
]
const text = fc.array(fc.constantFrom(...LINES), { maxLength: 12 }).map((lines) => lines.join('\n'))

/** Fenced blocks as Markdown defines them. */
function fencesOf(source: string): { language: string; code: string }[] {
  return new MarkdownIt('zero')
    .enable('fence')
    .parse(source, {})
    .filter(({ type }) => type === 'fence')
    .map(({ info, content }) => ({ language: info.trim(), code: content.replace(/\n$/, '') }))
}

test('code is what Markdown takes for fenced code', () => {
  fc.assert(
    fc.property(text, (source) => {
      const code = partsOf(source).flatMap(({ language, text }) =>
        language === null ? [] : [{ language, code: text.replace(/\n$/, '') }],
      )
      expect(code).toEqual(fencesOf(source))
    }),
    { numRuns: 2_000 },
  )
})

test('parts are pieces of the text in their order, and only lines of backticks are between them', () => {
  fc.assert(
    fc.property(fc.oneof(text, fc.string()), (source) => {
      let end = 0
      let between = ''
      for (const part of partsOf(source)) {
        expect(part.text).toBe(source.slice(part.from, part.to))
        expect(part.from).toBeGreaterThanOrEqual(end)
        between += source.slice(end, part.from)
        end = part.to
      }
      between += source.slice(end)
      expect(between.split(/\r?\n/).every((line) => line === '' || /^ {0,3}```/.test(line))).toBe(true)
    }),
  )
})

test('a text without backticks is one piece of prose', () => {
  fc.assert(
    fc.property(
      fc.string({ minLength: 1 }).map((one) => one.replaceAll('`', '')),
      (source) => {
        const prose = source === '' ? [] : [{ text: source, from: 0, to: source.length, language: null }]
        expect(partsOf(source)).toEqual(prose)
      },
    ),
  )
})
