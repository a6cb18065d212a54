// @vitest-environment node
import { expect, test } from 'vitest'
import type { StudyQuestion } from '#contract/page.ts'
import { cardsOf } from '../review/cards.ts'
import { scheduleOf } from '../review/schedule.ts'
import { eventAt } from '../testing/generated-log.ts'
import { likelihoodByTopic } from './likelihood.ts'

const NOON = Date.parse('2026-11-29T12:00:00Z')
const DAY = 86_400_000

const question = (slug: string, topics: string[]): StudyQuestion => ({
  ...{
    slug,
    name: slug,
    number: 1,
    title: slug,
    question: `What is ${slug}?`,
    level: 'starter',
    topics,
    say: '',
  },
  ...{ keyPoints: ['first', 'second'], rubric: ['0', '1', '2', '3', '4'], followUps: [], commonMistakes: [] },
})
const deck = cardsOf([
  question('01-one', ['http', 'jwt']),
  question('02-two', ['jwt']),
  question('03-three', ['sql']),
])
const review = (daysAgo: number, card: string, grade = 3) =>
  eventAt(NOON - daysAgo * DAY, { kind: 'review' as const, card, grade })

test('a topic counts the cards of all its questions; what was seen longest ago is the least likely', () => {
  const log = [review(0, 'say:01-one'), review(30, 'say:02-two')]
  const rows = likelihoodByTopic(scheduleOf(log, NOON), deck)
  expect(rows.map((row) => [row.topic, row.seen, row.cards])).toEqual([
    ['jwt', 2, 6],
    ['http', 1, 3],
    ['sql', 0, 3],
  ])
  const [jwt, http, sql] = rows.map(({ likelihood }) => likelihood)
  // One of three cards was just graded good; the others were never seen.
  expect(http).toBeCloseTo(1 / 3)
  expect(jwt).toBeLessThan(1.95 / 6)
  expect(jwt).toBeGreaterThan(1.5 / 6)
  expect(sql).toBeNull()
})

test('a card that was graded again is not known until it is graded better', () => {
  const likelihood = (log: ReturnType<typeof review>[]) =>
    likelihoodByTopic(scheduleOf(log, NOON), deck).find(({ topic }) => topic === 'sql')?.likelihood
  const missed = review(0, 'say:03-three', 1)
  expect(likelihood([missed])).toBe(0)
  expect(likelihood([missed, review(0, 'say:03-three', 3)])).toBeCloseTo(1 / 3)
})
