// @vitest-environment node
import { expect, test } from 'vitest'
import { logOf, type StudyEvent } from '../log/event.ts'
import { attemptAt, eventAt } from '../testing/generated-log.ts'
import { currentQuestion, mocksOf, totalsByTopic } from './mock.ts'

const START = Date.parse('2026-11-29T10:00:00Z')
const MINUTE = 60_000
const start = eventAt(START, {
  kind: 'mock' as const,
  ...{ slugs: ['01-one', '02-two', '03-three'], minutes: 10, followUps: true },
})

const answer = (slug: string, level: number, more: object = {}): StudyEvent =>
  attemptAt(START + MINUTE, slug, level, { mock: start.id, ...more })

function current(events: StudyEvent[], minutes: number): string | undefined {
  const [mock] = mocksOf(logOf([start, ...events]))
  return mock && currentQuestion(mock, START + minutes * MINUTE)
}

test('questions are asked in order, each until it is answered in this very interview', () => {
  expect(current([], 1)).toBe('01-one')
  expect(current([answer('01-one', 3)], 2)).toBe('02-two')
  expect(current([attemptAt(START + MINUTE, '01-one', 3)], 2)).toBe('01-one')
  const all = ['01-one', '02-two', '03-three'].map((slug) => answer(slug, 2))
  expect(current(all, 3)).toBeUndefined()
})

test('it is over when it was ended, and ten minutes after its time', () => {
  const ended = eventAt(START + MINUTE, { kind: 'mock-ended' as const, mock: start.id })
  expect(current([ended], 2)).toBeUndefined()
  expect(current([], 19.9)).toBe('01-one')
  expect(current([], 20.1)).toBeUndefined()
})

test('totals are by topic, the weakest first, over what was answered', () => {
  const events = [
    answer('01-one', 4, { named: ['a', 'b'], missed: [] }),
    answer('02-two', 1, { named: ['c'], missed: ['d', 'e'] }),
  ]
  const [mock] = mocksOf(logOf([start, ...events]))
  const topics: Record<string, string[]> = {
    '01-one': ['http', 'jwt'],
    '02-two': ['jwt'],
    '03-three': ['sql'],
  }
  expect(totalsByTopic(mock!, (slug) => topics[slug] ?? [])).toEqual([
    { topic: 'jwt', answered: 2, level: 2.5, named: 3, points: 5 },
    { topic: 'http', answered: 1, level: 4, named: 2, points: 2 },
  ])
})
