// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { placeOf, shownText, wordsBetween } from './text-positions.ts'

const CODE = 'Like this:\n```python\ndef get():\n    return 1\n```\nThat is it.'

test('words of prose are those that were selected, without the white space around them', () => {
  expect(wordsBetween('A token is signed.', 2, 8)).toEqual({ words: 'token', position: 2 })
  expect(wordsBetween('A token is signed.', 1, 7)).toEqual({ words: 'token', position: 2 })
  expect(wordsBetween('A token', 1, 2)).toBeNull()
  expect(wordsBetween('', 0, 0)).toBeNull()
})

test('words in code and beside it stand in the answer as they are quoted', () => {
  const shown = shownText(CODE)
  expect(shown).not.toContain('```')
  const at = (words: string) => shown.indexOf(words)
  for (const words of ['Like this:', 'def get():', 'return 1', 'That is it.']) {
    const found = wordsBetween(CODE, at(words), at(words) + words.length)
    expect(found).toEqual({ words, position: CODE.indexOf(words) })
  }
  const across = wordsBetween(CODE, at('this:'), at('That') + 4)
  expect(across?.words).toBe(CODE.slice(CODE.indexOf('this:'), CODE.indexOf('That') + 4))
})

test('whatever is selected in whatever text, the quote stands at its position', () => {
  const piece = fc.constantFrom('word ', '\n', '```\n', '```py\n', ' ', 'x', '🙂', '\r\n', '~~~')
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(text, fc.nat(80), fc.nat(80), (all, one, other) => {
      const length = shownText(all).length
      const [start = 0, end = 0] = [Math.min(one, length), Math.min(other, length)].toSorted((a, b) => a - b)
      const found = wordsBetween(all, start, end)
      const selected = shownText(all).slice(start, end).trim()
      if (found === null) {
        expect(selected).toBe('')
        return
      }
      expect(all.slice(found.position, found.position + found.words.length)).toBe(found.words)
      if (!found.words.includes('```')) expect(found.words).toBe(selected)
    }),
    { numRuns: 2_000 },
  )
})

test('words are found again at the place nearest to where they stood', () => {
  const text = 'signed, then signed, then signed'
  const places = [0, 12, 14, 26, 99].map((position) => placeOf(text, { words: 'signed', position })?.from)
  expect(places).toEqual([0, 13, 13, 26, 26])
  expect(placeOf(text, { words: 'sealed', position: 0 })).toBeNull()
})
