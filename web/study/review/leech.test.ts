// @vitest-environment node
import { expect, test } from 'vitest'
import type { StudyQuestion } from '#contract/page.ts'
import { addDays, dayOf } from '../day.ts'
import type { StudyEvent } from '../log/event.ts'
import { eventAt } from '../testing/generated-log.ts'
import { bug, choice, practiceSet, quiz, task } from '../testing/practice-set.ts'
import { cardsOf } from './cards.ts'
import { cardsToCram } from './cram.ts'
import { missedCards } from './grades.ts'
import { insteadOf } from './instead-of.ts'
import { inOrder, queueOf } from './queue.ts'
import { scheduleOf } from './schedule.ts'

const DAY = 86_400_000
const NOON = Date.parse('2026-11-29T12:00:00Z')
const question = (slug: string): StudyQuestion => ({
  ...{
    slug,
    name: slug,
    number: 1,
    title: slug,
    question: `What is ${slug}?`,
    level: 'starter',
    topics: [],
    say: '',
  },
  ...{ keyPoints: ['a point'], rubric: ['0', '1', '2', '3', '4'], followUps: [], commonMistakes: [] },
})
const sets = [
  practiceSet(1, '01-one', {
    tasks: [task('plain'), task('about-no', 'no')],
    quizzes: [quiz('a-quiz', { choices: [choice('yes', 'no')] })],
  }),
]
const deck = cardsOf(['01-one', '02-two'].map(question), sets)
const card = 'point:01-one:a point'

const review = (time: number, grade: number, id = card): StudyEvent =>
  eventAt(time, { kind: 'review' as const, card: id, grade })
/** Known and forgotten again, day by day, the last time today. */
const lapses = (count: number, id = card): StudyEvent[] =>
  Array.from({ length: count }, (_, index) => NOON - (count - 1 - index) * DAY).flatMap((time) => [
    review(time - 2000, 3, id),
    review(time - 1000, 1, id),
  ])
const passed = (more: object = {}): StudyEvent =>
  eventAt(NOON, {
    kind: 'task' as const,
    ...{ slug: '01-one', task: 'plain', isPassed: true, requests: 2, hints: 0, sawSolution: false },
    ...{ misconceptions: [], ...more },
  })
const leeches = (events: StudyEvent[]): string[] => [...scheduleOf(events, NOON).leeches]
const isQueued = (events: StudyEvent[]): boolean =>
  inOrder(queueOf(scheduleOf(events, NOON), deck)).some(({ id }) => id === card)

test('a card that was forgotten eight times leaves the queue; one forgotten seven times stays in it', () => {
  expect(leeches(lapses(7))).toEqual([])
  expect(isQueued(lapses(7))).toBe(true)
  expect(leeches(lapses(8))).toEqual([card])
  expect(isQueued(lapses(8))).toBe(false)
  expect(scheduleOf(lapses(8), NOON).suspended.has(card)).toBe(true)
})

test('again and again on one day, or before it was ever known, is forgotten once at most', () => {
  const oneDay = Array.from({ length: 12 }, (_, index) => review(NOON - 60_000 + index, 1))
  expect(leeches(oneDay)).toEqual([])
  expect(leeches([review(NOON - DAY, 3), ...oneDay])).toEqual([])
})

test('a task of its lesson, passed without the solution, brings it back tomorrow', () => {
  const { cards } = scheduleOf([...lapses(8), passed()], NOON)
  expect(leeches([...lapses(8), passed()])).toEqual([])
  expect(cards.get(card)?.due).toBe(addDays(dayOf(NOON), 1))
  for (const other of [{ slug: '02-two' }, { isPassed: false }, { sawSolution: true }])
    expect(leeches([...lapses(8), passed(other)])).toEqual([card])
  // Passed before it didn't stick, it says nothing.
  expect(leeches([{ ...passed(), time: NOON - 9 * DAY }, ...lapses(8)])).toEqual([card])
})

test('one that was resumed by hand goes again after four more times', () => {
  const resumed = eventAt(NOON - 500, { kind: 'suspend' as const, card, isSuspended: false })
  const more = (count: number): StudyEvent[] =>
    Array.from({ length: count }, (_, index) => NOON - 400 + index * 20).flatMap((time) => [
      review(time, 3),
      review(time + 10, 1),
    ])
  expect(leeches([...lapses(8), resumed])).toEqual([])
  expect(leeches([...lapses(8), resumed, ...more(3)])).toEqual([])
  expect(leeches([...lapses(8), resumed, ...more(4)])).toEqual([card])
})

test('instead of it comes a task about the same confusion, then one that isn’t passed, then any; without tasks a bug, or nothing', () => {
  const [quizCard, pointCard] = ['quiz:01-one:a-quiz', card].map((id) => deck.find((one) => one.id === id)!)
  const states = (done: string[]) => new Map(done.map((key) => [key, 'passed' as const]))
  const id = (one: typeof pointCard, ...done: string[]): string | undefined =>
    insteadOf(one!, sets, states(done))?.path.replace('/practice/tasks?task=01-one/', '')
  expect(id(quizCard)).toBe('about-no')
  expect(id(quizCard, '01-one/about-no')).toBe('about-no')
  expect(id(pointCard)).toBe('plain')
  expect(id(pointCard, '01-one/plain')).toBe('about-no')
  expect(id(pointCard, '01-one/plain', '01-one/about-no')).toBe('plain')
  expect(insteadOf({ id: 'say:02-two' }, sets, new Map())).toBeUndefined()
  const bugs = [practiceSet(2, '02-two', { bugs: [bug('first'), bug('second')] })]
  const path = (...done: string[]) => insteadOf({ id: 'say:02-two' }, bugs, states(done))?.path
  expect(path()).toBe('/practice/bugs/02-two/first')
  expect(path('02-two/first')).toBe('/practice/bugs/02-two/second')
})

test('a quiz is a card: right is good, wrong comes again, and only what the review asked counts for its limits', () => {
  const answered = (isRight: boolean, grade?: number): StudyEvent =>
    eventAt(NOON, {
      kind: 'quiz' as const,
      ...{ slug: '01-one', quiz: 'a-quiz', isRight, misconceptions: [] },
      ...(grade === undefined ? {} : { grade }),
    })
  const id = 'quiz:01-one:a-quiz'
  const due = (event: StudyEvent): string | undefined => scheduleOf([event], NOON).cards.get(id)?.due
  expect(due(answered(false))).toBe(dayOf(NOON))
  expect(due(answered(true))).toBe(addDays(dayOf(NOON), 2))
  expect(due(answered(true, 4))).toBe(addDays(dayOf(NOON), 8))
  expect(scheduleOf([answered(true)], NOON).newToday.size).toBe(0)
  expect([...scheduleOf([answered(true, 3)], NOON).newToday]).toEqual([id])
})

test('cramming takes the least likely first, then unseen cards, and leaves suspended ones out', () => {
  const events = [review(NOON - 10 * DAY, 4, 'say:01-one'), review(NOON - 10 * DAY, 1, 'say:02-two')]
  const keys = (what: string, more: StudyEvent[] = []): string[] =>
    cardsToCram(what, scheduleOf([...events, ...more], NOON), deck).map(({ id }) => id)
  expect(keys('all')).toEqual([
    'say:02-two',
    'say:01-one',
    card,
    'quiz:01-one:a-quiz',
    'point:02-two:a point',
  ])
  expect(keys('02-two')).toEqual(['say:02-two', 'point:02-two:a point'])
  expect(keys('all', lapses(8))).not.toContain(card)
})

const ofBugs = cardsOf(
  [question('01-one')],
  [practiceSet(1, '01-one', { bugs: [bug('a-bug'), bug('another')], tasks: [task('plain')] })],
  new Set(['bug:01-one:a-bug', 'bug:01-one:plain']),
)
const tried = (time: number, more: object = {}): StudyEvent =>
  eventAt(time, {
    kind: 'task' as const,
    ...{ slug: '01-one', task: 'a-bug', isPassed: true, requests: 1, hints: 0, sawSolution: false },
    ...{ misconceptions: [], ...more },
  })

test('a bug that wasn’t fixed without help is a card, and how it went later grades it', () => {
  const id = 'bug:01-one:a-bug'
  const due = (...events: StudyEvent[]): string | undefined => scheduleOf(events, NOON).cards.get(id)?.due
  const today = dayOf(NOON)
  expect(ofBugs.map((card) => card.id)).toEqual(['say:01-one', 'point:01-one:a point', id])
  expect(missedCards([tried(NOON)]).has(id)).toBe(false)
  for (const missed of [{ isPassed: false }, { isPassed: false, sawSolution: true }, { hints: 1 }])
    expect([...missedCards([tried(NOON, missed)])]).toEqual([id])
  expect(due(tried(NOON))).toBeUndefined()
  expect(due(tried(NOON, { isPassed: false }))).toBe(today)
  expect(due(tried(NOON, { hints: 2 }))).toBe(addDays(today, 1))
  const given = tried(NOON - DAY, { isPassed: false, sawSolution: true })
  expect(inOrder(queueOf(scheduleOf([given], NOON), ofBugs)).map((card) => card.id)[0]).toBe(id)
  expect(due(given, tried(NOON, { hints: 1 }))! < due(given, tried(NOON))!).toBe(true)
  expect(due(given, tried(NOON, { isPassed: false }))).toBe(today)
})

test('a bug is never crammed: fixing it is recorded', () => {
  expect(cardsToCram('all', scheduleOf([], NOON), ofBugs).map((card) => card.kind)).toEqual(['say', 'point'])
})
