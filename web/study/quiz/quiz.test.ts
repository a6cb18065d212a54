// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventAt } from '../testing/generated-log.ts'
import { choice, practiceSet, quiz } from '../testing/practice-set.ts'
import { mixedOrder, shuffled } from '../shuffled.ts'
import { answerOfChoice, answerOfOrder, together } from './quiz-answer.ts'
import { drawQuizzes, quizItems, quizRecords } from './quiz-items.ts'
import { answered, newSession, resultOf } from './session.ts'

const NOW = 1_800_000_000_000
const sets = [1, 2, 3].map((number) =>
  practiceSet(number, `0${number}-lesson`, { quizzes: ['a', 'b', 'c', 'd'].map((id) => quiz(id)) }),
)
const items = quizItems(sets)
const random = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }))
const next = (numbers: IterableIterator<number>) => (): number => Number(numbers.next().value)
const answer = (key: string, isRight: boolean) => {
  const [slug = '', quiz = ''] = key.split('/')
  return eventAt(NOW, { kind: 'quiz' as const, slug, quiz, isRight, misconceptions: [] })
}
const right = { isRight: true, feedback: [], misconceptions: [] }
const wrong = { isRight: false, feedback: ['No.'], misconceptions: ['no'] }

test('a wrong choice has its feedback and its misconception, the right one has neither', () => {
  const asked = choice('yes', 'no', 'maybe')
  expect(answerOfChoice(asked, 0)).toEqual(right)
  expect(answerOfChoice(asked, 2)).toEqual({
    ...{ isRight: false, feedback: ['Not maybe.'], misconceptions: ['maybe'] },
  })
})

test('of an order, each pair that is known to be swapped is named; any other wrong order has its own words', () => {
  const order = {
    cards: ['a', 'b', 'c', 'd'],
    swapped: [
      { first: 0, second: 1, feedback: 'a before b', misconception: 'ab' },
      { first: 2, second: 3, feedback: 'c before d', misconception: null },
    ],
    feedback: 'Another order',
  }
  expect(answerOfOrder(order, [0, 1, 2, 3])).toEqual(right)
  expect(answerOfOrder(order, [1, 0, 2, 3])).toMatchObject({
    feedback: ['a before b'],
    misconceptions: ['ab'],
  })
  expect(answerOfOrder(order, [1, 0, 3, 2]).feedback).toEqual(['a before b', 'c before d'])
  expect(answerOfOrder(order, [0, 2, 1, 3])).toMatchObject({ isRight: false, feedback: ['Another order'] })
  fc.assert(
    fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }), (cards) => {
      const judged = answerOfOrder(order, cards)
      expect(judged.isRight).toBe(cards.join() === '0,1,2,3')
      expect(judged.feedback.length > 0).toBe(!judged.isRight)
    }),
  )
})

test('a quiz of several questions is right when all are, and names each confusion once', () => {
  expect(together([right, right])).toEqual(right)
  expect(together([wrong, right, wrong])).toMatchObject({ isRight: false, misconceptions: ['no'] })
})

test('shuffling loses nothing, and cards to be ordered never lie in their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { maxLength: 8 }), random, (values, numbers) => {
      expect(shuffled(values, next(numbers)).sort()).toEqual([...values].sort())
      const order = mixedOrder(values.length, next(numbers))
      expect([...order].sort((a, b) => a - b)).toEqual(values.map((_, index) => index))
      if (values.length > 1) expect(order).not.toEqual(values.map((_, index) => index))
    }),
  )
})

test('a round draws what was answered wrong, then what was never asked, then what was asked least', () => {
  const records = quizRecords([
    ...[answer('01-lesson/a', true), answer('01-lesson/a', true)],
    ...[answer('02-lesson/b', true), answer('02-lesson/b', false)],
    ...items.filter(({ key }) => !/\/[ab]$/.test(key)).map(({ key }) => answer(key, true)),
  ])
  fc.assert(
    fc.property(random, (numbers) => {
      const keys = drawQuizzes(items, records, 5, next(numbers)).map(({ key }) => key)
      expect(keys.sort()).toEqual(['01-lesson/b', '02-lesson/a', '02-lesson/b', '03-lesson/a', '03-lesson/b'])
      const all = drawQuizzes(items, records, 99, next(numbers)).map(({ key }) => key)
      expect(all.toSorted()).toEqual(items.map(({ key }) => key))
    }),
  )
})

test('two quizzes of one lesson don’t follow each other while there are others', () => {
  fc.assert(
    fc.property(random, (numbers) => {
      const drawn = drawQuizzes(items, new Map(), 12, next(numbers))
      const slugs = drawn.map(({ set }) => set.slug)
      const stuck = slugs.findIndex((slug, index) => slug === slugs[index + 1])
      if (stuck >= 0) expect(new Set(slugs.slice(stuck + 1)).size).toBe(1)
    }),
  )
})

test('what was wrong comes once more at the end, and once only; the first answers count', () => {
  let session = newSession(items.slice(0, 3))
  for (const one of [right, wrong, right]) session = answered(session, one)
  expect(session.queue.map(({ key }) => key)).toEqual([...items.slice(0, 3), items[1]].map((one) => one?.key))
  session = answered(session, wrong)
  expect(session.queue).toHaveLength(4)
  const no = { id: 'no', belief: 'It is no.', truth: 'It is yes.' }
  const known = [...sets, practiceSet(4, '04-lesson', { misconceptions: [no] })]
  expect(resultOf(session, known)).toEqual({ right: 2, of: 3, met: [no] })
})
