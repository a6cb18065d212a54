import { expect, test } from 'vitest'
import { Question } from './plan.ts'
import { GENERIC_RUBRIC } from './score-words.ts'

test.each([
  ['fresher', 'starter'],
  ['deep', 'deeper'],
  ['junior', 'junior'],
])('a question planned at the level "%s" is read as "%s"', (level, read) => {
  const question = {
    ...{ key: 'q1', title: 'JWT', question: 'What is it?', level, topics: [], minutes: 5, slug: null },
    ...{ playground: false, answer: { format: 'text', body: '' }, keyPoints: [], followUps: [] },
    ...{ rubric: GENERIC_RUBRIC, note: '' },
  }
  expect(Question.parse(question).level).toBe(read)
  expect(Question.safeParse({ ...question, level: 'expert' }).success).toBe(false)
})
