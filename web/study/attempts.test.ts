// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { attemptsAt, lastAttempts, weakestFirst } from './attempts.ts'
import { logOf } from './log/event.ts'
import { anyLog, attemptAt } from './testing/generated-log.ts'

const questions = ['01-one', '02-two', '03-three', '04-four'].map((slug) => ({ slug }))
const order = (events: Parameters<typeof logOf>[0]): string[] =>
  weakestFirst(questions, logOf(events)).map(({ slug }) => slug)

test('what was never said comes first, in the order of the deck', () => {
  expect(order([])).toEqual(['01-one', '02-two', '03-three', '04-four'])
  expect(order([attemptAt(1, '01-one', 0)])).toEqual(['02-two', '03-three', '04-four', '01-one'])
})

test('then the lowest level of the last attempt, then the one said longest ago', () => {
  const events = [
    attemptAt(1, '01-one', 0),
    attemptAt(2, '02-two', 2),
    attemptAt(3, '03-three', 1),
    attemptAt(4, '04-four', 2),
    attemptAt(5, '01-one', 4),
  ]
  expect(order(events)).toEqual(['03-three', '02-two', '04-four', '01-one'])
})

test('a removed attempt counts as never made', () => {
  const good = attemptAt(1, '01-one', 4)
  const bad = attemptAt(2, '01-one', 0)
  const removed = { ...bad, id: 'removed-2', kind: 'removed' as const, event: bad.id }
  expect(lastAttempts(logOf([good, bad, removed])).get('01-one')).toEqual(good)
})

test('every attempt is in one list, the newest first', () => {
  fc.assert(
    fc.property(anyLog, (events) => {
      const log = logOf(events)
      const listed = questions.flatMap(({ slug }) => attemptsAt(log, slug))
      expect(listed).toHaveLength(log.filter(({ kind }) => kind === 'attempt').length)
      for (const { slug } of questions) {
        const times = attemptsAt(log, slug).map(({ time }) => time)
        expect(times).toEqual([...times].sort((a, b) => b - a))
      }
    }),
  )
})
