// @vitest-environment node
import { resolve } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { StudyQuestion } from '#contract/page.ts'
import { renderSite } from '../../../deck/render/site.ts'
import { chooseFollowUp } from './follow-up.ts'

let deck: StudyQuestion[]

beforeAll(async () => {
  const root = resolve(import.meta.dirname, '../../..')
  deck = (await renderSite('content/lessons', root)).study
})

const question = {
  ...{ title: 'Sheep', question: 'How are sheep counted?' },
  followUps: [
    { question: 'What about wolves?', answer: '<p>A fence keeps wolves out.</p>' },
    { question: 'How high is the fence?', answer: '<p>Higher than a sheep jumps.</p>' },
    { question: 'Do sheep sleep?', answer: '<p>Four hours.</p>' },
  ],
}
const asked = (missed: string[], before: string[] = []): string | undefined =>
  chooseFollowUp(question, missed, before)?.question

test('the follow-up whose words the missed points share is asked', () => {
  expect(asked(['The fence is counted, too'])).toBe('How high is the fence?')
  expect(asked(['Wolves are not sheep'])).toBe('What about wolves?')
  expect(asked(['Sheep sleep four hours'])).toBe('Do sheep sleep?')
})

test('words of the lesson’s own question tell nothing', () => {
  expect(asked(['How sheep are counted'], ['What about wolves?'])).toBe('How high is the fence?')
})

test('between equals, and when nothing was missed, the one asked least comes first', () => {
  expect(asked([])).toBe('What about wolves?')
  expect(asked([], ['What about wolves?'])).toBe('How high is the fence?')
  expect(asked([], ['What about wolves?', 'How high is the fence?', 'What about wolves?'])).toBe(
    'Do sheep sleep?',
  )
})

test('a question without follow-ups has none to ask', () => {
  expect(chooseFollowUp({ ...question, followUps: [] }, ['the fence'], [])).toBeUndefined()
})

test('in this deck, someone who missed 401 and 403 is asked about them', () => {
  const lesson = deck.find(({ slug }) => slug === '06-authentication')!
  const missed = lesson.keyPoints.filter((point) => point.startsWith('401'))
  expect(chooseFollowUp(lesson, missed, [])?.question).toBe('401 or 403?')
})

test('every question of this deck has what practice shows: five sentences, points, follow-ups, and prose without marks', () => {
  expect(deck).toHaveLength(17)
  for (const { say, rubric, keyPoints, followUps, commonMistakes } of deck) {
    expect([rubric.length, keyPoints.length >= 5, followUps.length >= 1]).toEqual([5, true, true])
    const html = [
      say,
      ...followUps.map(({ answer }) => answer),
      ...commonMistakes.map((item) => item.explanation),
    ]
    expect(html.join('')).not.toMatch(/claim-ref|fact-ref|style=|<script/)
    expect(html.filter((part) => part.trim() === '')).toEqual([])
  }
})
