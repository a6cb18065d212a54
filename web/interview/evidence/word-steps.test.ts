// @vitest-environment node
import { expect, test } from 'vitest'
import { covered, stepTo, type Steps, type Unit } from './word-steps.ts'

const TEXT = 'It is signed. It is not hidden!\nOne line more'

function press(steps: Steps | null, unit: Unit, direction: 'on' | 'back', extend = false): Steps | null {
  return stepTo(TEXT, steps, { unit, back: direction === 'back', extend })
}

function words(steps: Steps | null): string {
  if (steps === null) return ''
  const { start, end } = covered(steps)
  return TEXT.slice(start, end)
}

test('without a selection the first sentence is next, or the last one back', () => {
  expect(words(press(null, 'sentence', 'on'))).toBe('It is signed.')
  expect(words(press(null, 'sentence', 'back'))).toBe('One line more')
  expect(words(press(null, 'word', 'back'))).toBe('more')
  expect(stepTo(' \n', null, { unit: 'word', back: false, extend: false })).toBeNull()
})

test('sentences and words follow each other, and the ends stay', () => {
  const second = press(press(null, 'sentence', 'on'), 'sentence', 'on')
  expect(words(second)).toBe('It is not hidden!')
  expect(words(press(second, 'word', 'on'))).toBe('One')
  expect(words(press(second, 'word', 'back'))).toBe('signed.')
  const last = press(null, 'sentence', 'back')
  expect(words(press(last, 'sentence', 'on'))).toBe('One line more')
  const first = press(null, 'word', 'on')
  expect(words(press(first, 'word', 'back'))).toBe('It')
})

test('a selection is extended by words and sentences, and taken back across where it began', () => {
  const third = press(press(press(null, 'word', 'on'), 'word', 'on'), 'word', 'on')
  const longer = press(press(third, 'word', 'on', true), 'word', 'on', true)
  expect(words(longer)).toBe('signed. It is')
  const shorter = press(press(longer, 'word', 'back', true), 'word', 'back', true)
  expect(words(shorter)).toBe('signed.')
  expect(words(press(shorter, 'word', 'back', true))).toBe('is signed.')
  expect(words(press(third, 'sentence', 'on', true))).toBe('signed. It is not hidden!')
})
