// @vitest-environment node
import { expect, test } from 'vitest'
import { linesThatFit } from './printed-lines.ts'

const lines = (count: number) => ({ text: 'a word '.repeat(count * 10), width: 70 })

test('texts that fit together stay whole', () => {
  expect(linesThatFit([lines(3), lines(7)], 10)).toBe(7)
})

test('the long ones are cut, the short ones stay whole', () => {
  expect(linesThatFit([lines(2), lines(9), lines(9)], 12)).toBe(5)
})

test('a short line counts as a line, an empty text as none', () => {
  expect(
    linesThatFit(
      [
        { text: 'a\nb\n\nc', width: 70 },
        { text: '', width: 70 },
      ],
      4,
    ),
  ).toBe(4)
  expect(linesThatFit([], 4)).toBe(1)
})

test('some of each text is always printed', () => {
  expect(linesThatFit([lines(4), lines(4)], 0)).toBe(1)
})
