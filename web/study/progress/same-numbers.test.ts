// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LessonCard, StudyQuestion } from '#contract/page.ts'
import { dayOf } from '../day.ts'
import { byTime, logOf, type StudyEvent } from '../log/event.ts'
import { marksOf } from '../log/marks.ts'
import { cardsOf } from '../review/cards.ts'
import { missedCards } from '../review/grades.ts'
import { planOf } from '../review/plan.ts'
import { scheduleOf } from '../review/schedule.ts'
import { attemptAt, eventAt } from '../testing/generated-log.ts'
import { practiceSet, quiz } from '../testing/practice-set.ts'
import { calendarOf } from './calendar.ts'
import { likelihoodByTopic } from './likelihood.ts'
import { metMisconceptions } from './misconceptions.ts'
import { questionStates } from './question-states.ts'

const NOON = Date.parse('2026-11-29T12:00:00Z')
const HOUR = 3_600_000

const question = (slug: string, number: number): StudyQuestion => ({
  ...{
    slug,
    name: slug,
    number,
    title: slug,
    question: `What is ${slug}?`,
    level: 'starter',
    topics: ['http', slug],
  },
  ...{ say: '', keyPoints: ['first', 'second'], rubric: ['0', '1', '2', '3', '4'] },
  ...{ followUps: [], commonMistakes: [], predictions: [quiz('step:status')] },
})
const questions = ['01-one', '02-two'].map((slug, index) => question(slug, index + 1))
const sets = [practiceSet(1, '01-one', { quizzes: [quiz('a-quiz')] })]
const cards = questions.map((one) => ({ ...one, claims: ['a', 'b'] })) as unknown as LessonCard[]

/** Everything that Progress shows of a log. */
function numbersOf(known: readonly StudyEvent[], now: number): unknown {
  const log = logOf(known)
  const deck = cardsOf(questions, sets, missedCards(log))
  const schedule = scheduleOf(log, now)
  const { held } = marksOf(log)
  return {
    states: questionStates(cards, held, log, deck, schedule),
    topics: likelihoodByTopic(schedule, deck),
    misconceptions: metMisconceptions(log, sets),
    calendar: calendarOf(log, schedule.today),
    plan: planOf(schedule, deck),
  }
}

// Few moments, so that many events have the same time; some of them days ago, and some before and after four in the morning.
const time = fc
  .record({ days: fc.integer({ min: 0, max: 3 }), hour: fc.constantFrom(3, 4, 12) })
  .map(({ days, hour }) => NOON - days * 24 * HOUR + (hour - 12) * HOUR)
const slug = fc.constantFrom('01-one', '02-two')
const event: fc.Arbitrary<StudyEvent> = fc.oneof(
  fc
    .tuple(time, fc.constantFrom('say:01-one', 'point:02-two:first', 'quiz:01-one:a-quiz'), fc.nat(3))
    .map(([at, card, grade]) => eventAt(at, { kind: 'review' as const, card, grade: grade + 1 })),
  fc.tuple(time, slug, fc.nat(4)).map(([at, of, level]) => attemptAt(at, of, level, { missed: ['first'] })),
  fc.tuple(time, fc.boolean()).map(([at, isRight]) =>
    eventAt(at, {
      kind: 'quiz' as const,
      ...{ slug: '01-one', quiz: 'a-quiz', isRight, misconceptions: isRight ? [] : ['no'] },
    }),
  ),
  fc.tuple(time, slug, fc.constantFrom('401', '422')).map(([at, of, chosen]) =>
    eventAt(at, {
      kind: 'prediction' as const,
      ...{ slug: of, step: 'step', ask: 'status', chosen, actual: '422' },
    }),
  ),
  fc.tuple(time, slug).map(([at, of]) => eventAt(at, { kind: 'proved' as const, slug: of, claims: ['a'] })),
)
const log = fc
  .array(event, { maxLength: 30 })
  .chain((events) =>
    fc
      .subarray(events, { maxLength: Math.min(4, events.length) })
      .map((gone) => [
        ...events,
        ...gone.map(({ id, time: at }) => eventAt(at, { kind: 'removed' as const, event: id })),
      ]),
  )

test('one log at one time has the same numbers, in whatever order and in how many parts its events arrived', () => {
  fc.assert(
    fc.property(log, fc.infiniteStream(fc.nat()), fc.nat({ max: 30 }), (events, random, minutes) => {
      const now = NOON + minutes * HOUR
      const expected = numbersOf(structuredClone(byTime([...events])), now)
      const shuffled = events
        .map((one) => ({ one, place: random.next().value as number }))
        .sort((a, b) => a.place - b.place)
        .map(({ one }) => one)
      // As a page has them: one after the other, and each time everything is shown.
      let known: StudyEvent[] = []
      for (let from = 0; from < shuffled.length;) {
        const count = 1 + ((random.next().value as number) % 5)
        known = [...known, ...shuffled.slice(from, from + count)]
        from += count
        numbersOf(known, now - 24 * HOUR)
        numbersOf(known, now)
      }
      expect(numbersOf(known, now)).toEqual(expected)
      // As the next page has them, which reads them from the database.
      expect(numbersOf(structuredClone(byTime(known)), now)).toEqual(expected)
    }),
  )
})

test('numbers change when a day of study begins, and at no other time of the day', () => {
  fc.assert(
    fc.property(log, fc.nat({ max: 23 }), (events, hours) => {
      const before = numbersOf(events, NOON)
      const later = numbersOf(events, NOON + hours * HOUR)
      if (dayOf(NOON + hours * HOUR) === dayOf(NOON)) expect(later).toEqual(before)
    }),
  )
})
