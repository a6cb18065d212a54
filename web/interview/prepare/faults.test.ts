import { expect, test } from 'vitest'
import { PlanDraft, PlanItem } from '#contract/interview/plan.ts'
import { questionFault, setFault } from './faults.ts'
import { readTemplate } from './template.ts'

const own = {
  ...{ from: 'own', title: 'Why us', question: 'Why do you want to work here?', level: 'junior' },
  ...{ topics: [], minutes: 10, playground: 'requests', note: '' },
}
const long = 'a'.repeat(30_000)

/** Wrong values for a question, and what its author reads. */
const WRONG: readonly (readonly [object, string])[] = [
  [{ title: ' ' }, 'Title: enter some text.'],
  [{ question: long }, 'Question: at most 2000 characters.'],
  [{ minutes: 0 }, 'Minutes: at least 1.'],
  [{ minutes: 121 }, 'Minutes: at most 120.'],
  [{ topics: ['HTTP', long] }, 'Topic 2: at most 40 characters.'],
  [{ keyPoints: Array(13).fill('a point') }, 'Key points: at most 12.'],
  [{ followUps: [{ question: long }] }, 'Follow-up 1: at most 300 characters.'],
  [{ rubric: ['short', ...Array<string>(4).fill('long enough')] }, 'Rubric for 0: at least 10 characters.'],
  [{ level: 'senior' }, 'Level: this isn’t valid.'],
]

test.each(WRONG)('a question with %o is refused in words', (wrong, sentence) => {
  const read = PlanItem.safeParse({ ...own, ...wrong })
  expect(read.error && questionFault(read.error)).toBe(sentence)
  const set = PlanDraft.safeParse({ title: 'Backend', questions: [own, { ...own, ...wrong }] })
  expect(set.error && setFault(set.error)).toBe(`Question 2: ${sentence}`)
})

test('for a set without a title or questions the message says what is missing', () => {
  const untitled = PlanDraft.safeParse({ title: '', questions: [own] })
  expect(untitled.error && setFault(untitled.error)).toBe('Give the set a title.')
  const empty = PlanDraft.safeParse({ title: 'Backend', questions: [] })
  expect(empty.error && setFault(empty.error)).toBe('Choose at least one question.')
  const full = PlanDraft.safeParse({ title: 'Backend', questions: Array(31).fill(own) })
  expect(full.error && setFault(full.error)).toBe('Questions: at most 30.')
})

test('for a file without a valid set the message avoids the words of a validator', () => {
  const file = (json: unknown): object => readTemplate(JSON.stringify(json))
  const template = { format: 'viva-interview-template', version: 1 }
  const unknown = { fault: 'This file isn’t a set of questions.' }
  for (const json of [null, [], {}, { ...template, version: 2 }, template])
    expect(file(json)).toEqual(unknown)
  const questions = [{ ...own, title: '' }]
  expect(file({ ...template, plan: { title: 'Backend', questions } })).toEqual({
    fault: 'Question 1: Title: enter some text.',
  })
  expect(file({ ...template, plan: { title: 'Backend', questions: [] } })).toEqual({
    fault: 'Choose at least one question.',
  })
  expect(readTemplate('{')).toEqual({ fault: 'This file isn’t valid JSON.' })
})
