import { expect, test } from 'vitest'
import { PlanItem, Question } from './plan.ts'
import { GENERIC_RUBRIC } from './score-words.ts'

const asked = {
  ...{
    key: 'q1',
    title: 'JWT',
    question: 'What is it?',
    level: 'junior',
    topics: [],
    minutes: 5,
    slug: null,
  },
  ...{ playground: 'requests', answer: { format: 'text', body: '' }, keyPoints: [], followUps: [] },
  ...{ rubric: GENERIC_RUBRIC, note: '' },
}

test.each([
  [true, 'requests', 'explained'],
  [false, 'closed', 'closed'],
  ['closed', 'closed', 'closed'],
  ['requests', 'requests', 'requests'],
  ['explained', 'explained', 'explained'],
])('a playground written as %s is %s in a set and %s in an interview', (written, inSet, inInterview) => {
  const chosen = PlanItem.parse({ from: 'lesson', slug: '08-jwt', playground: written })
  expect(chosen.playground).toBe(inSet)
  expect(Question.parse({ ...asked, playground: written }).playground).toBe(inInterview)
})

test.each(['open', 1, null, undefined])('a playground written as %s is refused', (playground) => {
  expect(PlanItem.safeParse({ from: 'lesson', slug: '08-jwt', playground }).success).toBe(false)
  expect(Question.safeParse({ ...asked, playground }).success).toBe(false)
})

test.each([
  ['fresher', 'starter'],
  ['deep', 'deeper'],
  ['junior', 'junior'],
])('a question planned at the level "%s" is read as "%s"', (level, read) => {
  const question = { ...asked, level }
  expect(Question.parse(question).level).toBe(read)
  expect(Question.safeParse({ ...question, level: 'expert' }).success).toBe(false)
})
