// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { differenceOf } from './text-difference.ts'

test('a difference is a single edit, never inside a character, that turns one text into the other', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '🎈', 'é', '漢'), maxLength: 12 })
  fc.assert(
    fc.property(letters, letters, fc.nat(30), (before, after, caret) => {
      const { position, removed, inserted } = differenceOf(before, after, Math.min(caret, after.length))
      expect(before.slice(0, position) + inserted + before.slice(position + removed)).toBe(after)
      for (const piece of [before.slice(0, position), inserted, before.slice(position, position + removed)]) {
        // Half a pair can't be encoded.
        expect(() => encodeURIComponent(piece)).not.toThrow()
      }
    }),
  )
})

test('of equal letters in a row, those before the caret are the new ones', () => {
  expect(differenceOf('aa', 'aaa', 1)).toEqual({ position: 0, removed: 0, inserted: 'a' })
  expect(differenceOf('aa', 'aaa', 3)).toEqual({ position: 2, removed: 0, inserted: 'a' })
})
