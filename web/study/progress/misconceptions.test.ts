// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PracticeSet } from '#contract/practice.ts'
import type { StudyEvent } from '../log/event.ts'
import { logOf } from '../log/event.ts'
import { eventAt } from '../testing/generated-log.ts'
import { metMisconceptions } from './misconceptions.ts'

const NOON = Date.parse('2026-11-29T12:00:00Z')
const named = (id: string) => ({ id, belief: `${id} is so`, truth: `${id} is not so` })
const set = (slug: string, ids: string[]): PracticeSet => ({
  ...{ slug, name: slug, number: 1, title: slug, tasks: [], quizzes: [], bugs: [] },
  misconceptions: ids.map(named),
})
const sets = [set('01-one', ['json-login', 'jwt-secret']), set('02-two', ['def-blocks'])]

let time = NOON
const quiz = (id: string, isRight: boolean, ...misconceptions: string[]): StudyEvent =>
  eventAt((time += 1000), { kind: 'quiz', slug: '01-one', quiz: id, isRight, misconceptions })
const task = (isPassed: boolean, sawSolution: boolean, ...misconceptions: string[]): StudyEvent =>
  eventAt((time += 1000), {
    ...{ kind: 'task', slug: '02-two', task: 'a-task', isPassed, requests: 3, hints: 1, sawSolution },
    misconceptions,
  })
const states = (...log: StudyEvent[]) =>
  metMisconceptions(log, sets).map(({ id, isGone }) => `${id} ${isGone ? 'gone' : 'there'}`)

test('nothing answered wrong, nothing met', () => {
  expect(states()).toEqual([])
  expect(states(quiz('a', true), quiz('b', false))).toEqual([])
})

test('one is met by a wrong answer, and gone when the same quiz is answered right', () => {
  const wrong = quiz('a', false, 'json-login')
  expect(states(wrong)).toEqual(['json-login there'])
  expect(states(wrong, quiz('b', true))).toEqual(['json-login there'])
  const right = quiz('a', true)
  expect(states(wrong, right)).toEqual(['json-login gone'])
  expect(states(wrong, right, quiz('a', false, 'json-login'))).toEqual(['json-login there'])
})

test('met in two quizzes, it is gone only when both are answered right', () => {
  const wrong = [quiz('a', false, 'json-login'), quiz('b', false, 'json-login', 'jwt-secret')]
  expect(states(...wrong, quiz('a', true))).toEqual(['json-login there', 'jwt-secret there'])
  expect(states(...wrong, quiz('b', true))).toEqual(['json-login there', 'jwt-secret gone'])
  expect(states(...wrong, quiz('b', true), quiz('a', true))).toEqual(['json-login gone', 'jwt-secret gone'])
})

test('a task that is passed after a near miss counts, but not once its solution was shown', () => {
  expect(states(task(true, false, 'def-blocks'))).toEqual(['def-blocks gone'])
  expect(states(task(true, true, 'def-blocks'))).toEqual(['def-blocks there'])
  expect(states(task(false, true, 'def-blocks'), task(true, false))).toEqual(['def-blocks gone'])
})

const prediction = (chosen: string, ...misconceptions: string[]): StudyEvent =>
  eventAt((time += 1000), {
    ...{ kind: 'prediction', slug: '01-one', step: 'log-in', ask: 'status', chosen, actual: '422' },
    ...(misconceptions.length > 0 && { misconceptions }),
  })

test('a wrong prediction counts as a quiz does; predicting it right later, in its lesson or in review, ends it', () => {
  const wrong = prediction('401', 'json-login')
  expect(states(wrong)).toEqual(['json-login there'])
  expect(states(wrong, prediction('422'))).toEqual(['json-login gone'])
  const reviewed = (card: string, grade: number, ...misconceptions: string[]): StudyEvent =>
    eventAt((time += 1000), { kind: 'review', card, grade, misconceptions })
  const card = 'predict:01-one:log-in:status'
  expect(states(wrong, reviewed(card, 1, 'jwt-secret'))).toEqual(['json-login there', 'jwt-secret there'])
  expect(states(wrong, reviewed(card, 2))).toEqual(['json-login gone'])
  expect(states(wrong, reviewed('say:01-one', 4))).toEqual(['json-login there'])
  // Logs of earlier versions name no misconceptions.
  expect(states(prediction('401'))).toEqual([])
})

test('a misconception that the deck no longer has, or a deck without any, shows nothing', () => {
  const log = [quiz('a', false, 'forgotten')]
  expect(metMisconceptions(log, sets)).toEqual([])
  expect(metMisconceptions([quiz('a', false, 'json-login')], [])).toEqual([])
})

test('after every quiz was answered right once more, everything met is gone; nothing is met that no answer named', () => {
  const answer = fc
    .tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.boolean(),
      fc.subarray(['json-login', 'jwt-secret', 'def-blocks']),
    )
    .map(([id, isRight, ids]) => quiz(id, isRight, ...(isRight ? [] : ids)))
  fc.assert(
    fc.property(fc.array(answer), (answers) => {
      const log = logOf(answers)
      const ids = new Set(log.flatMap((event) => (event.kind === 'quiz' ? event.misconceptions : [])))
      expect(new Set(metMisconceptions(log, sets).map(({ id }) => id))).toEqual(ids)
      const later = ['a', 'b', 'c'].map((id) => quiz(id, true))
      expect(metMisconceptions([...log, ...later], sets).every(({ isGone }) => isGone)).toBe(true)
    }),
  )
})
