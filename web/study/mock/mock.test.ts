// @vitest-environment node
import { expect, test } from 'vitest'
import { logOf, type StudyEvent } from '../log/event.ts'
import { attemptAt, eventAt } from '../testing/generated-log.ts'
import { practiceSet, task } from '../testing/practice-set.ts'
import { currentItem, drawTasks, minutesEach, mocksOf, totalsByTopic } from './mock.ts'

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
  const item = mock && currentItem(mock, START + minutes * MINUTE)
  return item?.kind === 'task' ? item.key : item?.slug
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

test('tasks follow the questions, and each is up until it was tried in this very interview', () => {
  const withTasks = { ...start, slugs: ['01-one'], tasks: ['01-one/first', '01-one/second'] }
  const tried = (id: string, mock?: string) =>
    eventAt(START + 2 * MINUTE, {
      kind: 'task' as const,
      ...{ slug: '01-one', task: id, isPassed: false, requests: 3, hints: 0, sawSolution: false },
      ...{ misconceptions: [], ...(mock === undefined ? {} : { mock }) },
    })
  const up = (...events: StudyEvent[]) => {
    const [mock] = mocksOf(logOf([withTasks, ...events]))
    return currentItem(mock!, START + 3 * MINUTE)
  }
  const said = answer('01-one', 3)
  expect(up()).toEqual({ kind: 'question', slug: '01-one' })
  expect(up(said, tried('first'))).toEqual({ kind: 'task', key: '01-one/first' })
  expect(up(said, tried('first', start.id))).toEqual({ kind: 'task', key: '01-one/second' })
  expect(up(said, tried('first', start.id), tried('second', start.id))).toBeUndefined()
  expect(minutesEach(withTasks)).toBe(3.3)
})

test('tasks are drawn from the lessons that are asked about, one of each first, unpassed ones before others', () => {
  const sets = [
    practiceSet(1, '01-one', { tasks: [task('a'), task('b')] }),
    practiceSet(2, '02-two'),
    practiceSet(3, '03-three', { tasks: [task('c')] }),
    practiceSet(4, '04-four', { tasks: [task('d')] }),
  ]
  const draw = (slugs: string[], ...passed: string[]) =>
    drawTasks(slugs, sets, new Map(passed.map((key) => [key, 'passed' as const])))
  expect(draw(['01-one', '02-two', '03-three'])).toEqual(['01-one/a', '03-three/c'])
  expect(draw(['01-one', '02-two', '03-three'], '01-one/a')).toEqual(['01-one/b', '03-three/c'])
  expect(draw(['01-one', '03-three', '04-four'], '03-three/c')).toEqual(['01-one/a', '04-four/d'])
  expect(draw(['01-one'])).toEqual(['01-one/a', '01-one/b'])
  expect(draw(['02-two'])).toEqual([])
})
