// @vitest-environment node
import fc from 'fast-check'
import { FSRSAlgorithm } from 'ts-fsrs'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import type { StudyQuestion } from '#contract/page.ts'
import { addDays, dayOf, daysBetween } from '../day.ts'
import type { StudyEvent } from '../log/event.ts'
import { attemptAt, eventAt } from '../testing/generated-log.ts'
import { practiceSet, quiz } from '../testing/practice-set.ts'
import { cardsOf } from './cards.ts'
import { missedCards } from './grades.ts'
import { intervalsAfter, likelihoodAfter, memoryAfter, type Grade, type Memory } from './memory.ts'
import { planOf } from './plan.ts'
import { inOrder, queueOf } from './queue.ts'
import { scheduleOf } from './schedule.ts'

const zone = process.env.TZ
afterEach(() => (process.env.TZ = zone))

const HOUR = 3_600_000
const DAY = 24 * HOUR
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
  keyPoints: ['first', 'second', 'third'].map((text) => `${text} of ${slug}`),
  rubric: ['0', '1', '2', '3', '4'],
  followUps: [{ question: `More of ${slug}?`, answer: '' }],
  commonMistakes: [{ mistake: `Wrong in ${slug}`, explanation: '' }],
})
const deck = cardsOf(['01-one', '02-two', '03-three', '04-four'].map(question), [
  practiceSet(1, '01-one', { quizzes: [quiz('a-quiz')] }),
])
const ids = deck.map(({ id }) => id)

const review = (time: number, card: string, grade: number): StudyEvent =>
  eventAt(time, { kind: 'review' as const, card, grade })
const settings = (time: number, change: object): StudyEvent =>
  eventAt(time, { kind: 'settings' as const, newPerDay: 15, reviewsPerDay: 100, interview: null, ...change })

const times = fc.integer({ min: NOON - 40 * DAY, max: NOON })
const anyEvent: fc.Arbitrary<StudyEvent> = fc.oneof(
  fc
    .tuple(times, fc.constantFrom(...ids), fc.integer({ min: 1, max: 4 }))
    .map(([time, card, grade]) => review(time, card, grade)),
  fc
    .tuple(times, fc.constantFrom(...ids))
    .map(([time, card]) => eventAt(time, { kind: 'bury' as const, card })),
  fc
    .tuple(times, fc.constantFrom(...ids), fc.boolean())
    .map(([time, card, isSuspended]) => eventAt(time, { kind: 'suspend' as const, card, isSuspended })),
  fc.tuple(times, fc.boolean(), fc.constantFrom(undefined, 1, 2, 3, 4)).map(([time, isRight, grade]) =>
    eventAt(time, {
      kind: 'quiz' as const,
      ...{ slug: '01-one', quiz: 'a-quiz', isRight, misconceptions: [] },
      ...(grade === undefined ? {} : { grade }),
    }),
  ),
  fc.tuple(times, fc.boolean()).map(([time, isPassed]) =>
    eventAt(time, {
      kind: 'task' as const,
      ...{ slug: '01-one', task: 'a-task', isPassed, requests: 1, hints: 0, sawSolution: false },
      misconceptions: [],
    }),
  ),
  fc
    .tuple(times, fc.integer({ min: 0, max: 4 }))
    .map(([time, level]) =>
      attemptAt(time, '01-one', level, { named: ['first of 01-one'], missed: ['second of 01-one'] }),
    ),
  fc
    .tuple(times, fc.option(fc.integer({ min: -5, max: 60 })))
    .map(([time, ahead]) =>
      settings(time, { interview: ahead === null ? null : addDays(dayOf(NOON), ahead) }),
    ),
)
/** Events of someone who travels: the day is the one of the place, up to 14 hours from here. */
const anyPlace = fc
  .tuple(anyEvent, fc.integer({ min: -14, max: 14 }))
  .map(([event, hours]) => ({ ...event, day: dayOf(event.time + hours * HOUR) }))
const anyLog = fc
  .array(anyPlace, { maxLength: 60 })
  .chain((events) =>
    fc
      .subarray(events)
      .map((removed) => [
        ...events,
        ...removed
          .slice(0, 5)
          .map(({ id, time }) => eventAt(time + 1, { kind: 'removed' as const, event: id })),
      ]),
  )

test('a log in any order, in several parts, some of them twice, gives the same schedule', () => {
  fc.assert(
    fc.property(anyLog, fc.infiniteStream(fc.nat()), (events, random) => {
      const merged = [...events, ...events.filter((_, index) => index % 3 === 0)]
        .map((event) => ({ event, place: random.next().value as number }))
        .sort((a, b) => a.place - b.place)
        .map(({ event }) => event)
      expect(scheduleOf(merged, NOON)).toEqual(scheduleOf(events, NOON))
    }),
  )
})

test('a log that grows, shrinks and is merged by and by gives the same schedules as one that is read anew', () => {
  fc.assert(
    fc.property(anyLog, fc.array(fc.nat(), { maxLength: 8 }), (events, cuts) => {
      const parts = [...cuts.map((cut) => events.slice(cut % 5, cut)), events, events.slice(1)]
      for (const part of parts) {
        expect(scheduleOf(part, NOON)).toEqual(scheduleOf(structuredClone(part), NOON))
      }
    }),
  )
})

test('after one more grade, and after undoing it, almost nothing of a long log is computed again', () => {
  const log = Array.from({ length: 10_000 }, (_, index) =>
    review(NOON - (10_000 - index) * 60_000, ids[index % ids.length] ?? '', 1 + (index % 4)),
  )
  const memory = vi.spyOn(FSRSAlgorithm.prototype, 'next_state')
  onTestFinished(() => memory.mockRestore())
  scheduleOf(log, NOON)
  expect(memory.mock.calls.length).toBeGreaterThan(10_000)
  memory.mockClear()
  const graded = review(NOON, ids[0] ?? '', 3)
  scheduleOf([...log, graded], NOON)
  scheduleOf([...log, graded, eventAt(NOON + 1, { kind: 'removed' as const, event: graded.id })], NOON)
  expect(memory.mock.calls.length).toBeLessThan(10)
})

test('the browser’s time zone at the time of reading changes no memory and no day on which a card is due', () => {
  fc.assert(
    fc.property(anyLog, (events) => {
      process.env.TZ = 'UTC'
      const there = scheduleOf(events, NOON)
      process.env.TZ = 'Europe/Berlin'
      expect(scheduleOf(events, NOON)).toEqual(there)
    }),
  )
})

test('a grade adds one to the log, and taking it back gives the schedule of before', () => {
  fc.assert(
    fc.property(anyLog, fc.constantFrom(...ids), fc.integer({ min: 1, max: 4 }), (events, card, grade) => {
      const graded = review(NOON, card, grade)
      const undone = eventAt(NOON + 1, { kind: 'removed' as const, event: graded.id })
      expect(scheduleOf([...events, graded, undone], NOON)).toEqual(scheduleOf(events, NOON))
    }),
  )
})

test('no card is due before it was last graded, and none is lost: due, later, new, suspended or buried', () => {
  fc.assert(
    fc.property(anyLog, (events) => {
      const schedule = scheduleOf([...events, settings(NOON, { newPerDay: 500, reviewsPerDay: 2000 })], NOON)
      for (const { due, lastDay } of schedule.cards.values()) expect(due >= lastDay).toBe(true)
      const queued = new Set(inOrder(queueOf(schedule, deck)).map(({ id }) => id))
      for (const id of ids) {
        const isHeld = schedule.suspended.has(id) || schedule.buried.has(id)
        const due = schedule.cards.get(id)?.due
        expect(queued.has(id), id).toBe(!isHeld && (due === undefined || due <= schedule.today))
      }
    }),
  )
})

test('a clock that goes back neither breaks the schedule nor hides a card', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: 1, max: 4 }))),
      (steps) => {
        const events = steps.map(([days, grade]) => review(NOON + days * DAY, ids[0]!, grade))
        for (const { memory } of scheduleOf(events, NOON).cards.values()) {
          expect(memory.stability).toBeGreaterThan(0)
          expect(memory.difficulty).toBeGreaterThanOrEqual(1)
        }
      },
    ),
  )
  const wrongClock = review(NOON + 3650 * DAY, ids[0]!, 4)
  expect(scheduleOf([wrongClock], NOON).cards.size).toBe(0)
  const after = scheduleOf([wrongClock, review(NOON, ids[0]!, 3)], NOON)
  expect(daysBetween(after.today, after.cards.get(ids[0]!)!.due)).toBeLessThan(10)
})

test('days are days on the night on which clocks change, too', () => {
  process.env.TZ = 'Europe/Berlin'
  const evening = Date.parse('2026-03-28T22:00:00Z')
  const due = (time: number): string =>
    scheduleOf([review(evening, ids[0]!, 3)], time).cards.get(ids[0]!)!.due
  const interval = intervalsAfter(null, 0)[3]
  expect(due(evening)).toBe(addDays('2026-03-28', interval))
  // Three in the night, which is two hours later, is still the 28th.
  const night = scheduleOf([review(evening, ids[0]!, 1)], evening + 3 * HOUR)
  expect(night.today).toBe('2026-03-28')
  expect(inOrder(queueOf(night, deck)).map(({ id }) => id)).toContain(ids[0])
})

test('what happened first counts first, in whatever order the log was merged', () => {
  const first = { ...review(NOON - 2, ids[0]!, 1), id: 'z'.repeat(8) }
  const last = { ...review(NOON - 1, ids[0]!, 4), id: 'a'.repeat(8) }
  const { cards, today } = scheduleOf([last, first], NOON)
  expect(cards.get(ids[0]!)!.due > today).toBe(true)
})

test('again comes today, and each better grade waits longer', () => {
  const memory = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 4 })))
    .map((grades) =>
      grades.reduce<Memory | null>(
        (before, [days, grade]) => memoryAfter(before, days, grade as Grade),
        null,
      ),
    )
  fc.assert(
    fc.property(memory, fc.integer({ min: 0, max: 400 }), (before, days) => {
      const interval = intervalsAfter(before, days)
      expect(interval[1]).toBe(0)
      expect(interval[2]).toBeGreaterThanOrEqual(1)
      expect(interval[3]).toBeGreaterThanOrEqual(interval[2])
      expect(interval[4]).toBeGreaterThan(interval[3])
    }),
  )
})

test('an attempt grades its question by level, what was named as good, and brings what was missed back today', () => {
  const attempt = attemptAt(NOON, '01-one', 3, { named: ['first of 01-one'], missed: ['second of 01-one'] })
  const schedule = scheduleOf([attempt], NOON)
  expect(inOrder(queueOf({ ...schedule, settings: { ...schedule.settings, newPerDay: 0 } }, deck))).toEqual([
    deck.find(({ text }) => text === 'second of 01-one'),
  ])
  expect(schedule.cards.get('say:01-one')?.due).toBe(addDays(schedule.today, intervalsAfter(null, 0)[3]))
})

test('the limits of a day hold, also after a part of it is done', () => {
  const limits = settings(NOON - 30 * DAY, { newPerDay: 4, reviewsPerDay: 3 })
  const old = ids.slice(0, 10).map((id) => review(NOON - 20 * DAY, id, 3))
  const queue = (more: StudyEvent[]) => queueOf(scheduleOf([limits, ...old, ...more], NOON), deck)
  expect([queue([]).due.length, queue([]).fresh.length]).toEqual([3, 4])
  const done = [review(NOON, queue([]).due[0]!.id, 3), review(NOON + 1, queue([]).fresh[0]!.id, 1)]
  expect([queue(done).due.length, queue(done).fresh.length, queue(done).again.length]).toEqual([2, 3, 1])
})

test('the day before, once more, at four in the morning, new limits hold', () => {
  process.env.TZ = 'UTC'
  const night = Date.parse('2026-11-30T03:59:00Z')
  const limits = settings(NOON, { newPerDay: 1 })
  const events = [limits, review(NOON, ids[0]!, 3)]
  expect(queueOf(scheduleOf(events, night), deck).fresh).toHaveLength(0)
  expect(queueOf(scheduleOf(events, night + 60_000), deck).fresh).toHaveLength(1)
})

test('a buried card is back the next day, a suspended one when it is resumed', () => {
  const old = review(NOON - 20 * DAY, ids[0]!, 3)
  const has = (events: StudyEvent[], time: number): boolean =>
    queueOf(scheduleOf([old, ...events], time), deck).due.some(({ id }) => id === ids[0])
  const bury = eventAt(NOON, { kind: 'bury' as const, card: ids[0]! })
  expect([has([], NOON), has([bury], NOON), has([bury], NOON + DAY)]).toEqual([true, false, true])
  const suspend = (isSuspended: boolean, time: number) =>
    eventAt(time, { kind: 'suspend' as const, card: ids[0]!, isSuspended })
  const held = suspend(true, NOON)
  expect([has([held], NOON + 9 * DAY), has([held, suspend(false, NOON + 1)], NOON)]).toEqual([false, true])
})

test('a card never follows one of its own question while another is left', () => {
  const schedule = scheduleOf([settings(NOON, { newPerDay: 500 })], NOON)
  const slugs = inOrder(queueOf(schedule, deck)).map(({ question }) => question.slug)
  const repeats = slugs.filter((slug, index) => slug === slugs[index - 1]).length
  expect(slugs).toHaveLength(deck.length)
  expect(repeats).toBeLessThan(deck.length / 4)
  expect(slugs[0]).not.toBe(slugs[1])
})

test('towards a date, every card is seen before it, and kept plans end with a high likelihood', () => {
  fc.assert(
    fc.property(anyLog, fc.integer({ min: 2, max: 45 }), (events, days) => {
      const date = addDays(dayOf(NOON), days)
      const log = [...events, settings(NOON + 1, { newPerDay: 1, reviewsPerDay: 2000, interview: date })]
      const schedule = scheduleOf(log, NOON + 2)
      const plan = planOf(schedule, deck)
      expect(plan.days.map(({ day }) => day)).toEqual(
        Array.from({ length: days }, (_, index) => addDays(schedule.today, index)),
      )
      for (const [id, { due, lastDay, memory }] of schedule.cards) {
        if (due < date || lastDay >= addDays(date, -1)) continue
        expect(likelihoodAfter(daysBetween(lastDay, date), memory), id).toBeGreaterThanOrEqual(0.95)
      }
      const held = schedule.suspended.size
      if (held === 0) expect(plan.expected).toBeGreaterThan(0.85)
    }),
  )
})

test('a date that has passed changes nothing', () => {
  const events = ids.map((id) => review(NOON - 3 * DAY, id, 4))
  const dated = scheduleOf([...events, settings(NOON, { interview: dayOf(NOON - DAY) })], NOON)
  expect(dated.cards).toEqual(scheduleOf(events, NOON).cards)
})

test('a wrong prediction is a card, and comes again today; predicted right later, it waits longer', () => {
  const predicted = (time: number, chosen: string): StudyEvent =>
    eventAt(time, {
      kind: 'prediction' as const,
      ...{ slug: '01-one', step: 'log-in', ask: 'status', chosen, actual: '422' },
    })
  const card = 'predict:01-one:log-in:status'
  const asking = { ...question('01-one'), predictions: [quiz('log-in:status'), quiz('other:status')] }
  const cards = (log: StudyEvent[]): string[] =>
    cardsOf([asking], [], missedCards(log))
      .filter(({ kind }) => kind === 'predict')
      .map(({ id }) => id)
  const right = [predicted(NOON - 3 * HOUR, '422')]
  expect(cards(right)).toEqual([])
  expect(scheduleOf(right, NOON).cards.size).toBe(0)
  const wrong = [...right, predicted(NOON - 2 * HOUR, '401')]
  expect(cards(wrong)).toEqual([card])
  expect(scheduleOf(wrong, NOON).cards.get(card)?.due).toBe('2026-11-29')
  const better = [...wrong, predicted(NOON - HOUR, '422')]
  expect(cards(better)).toEqual([card])
  expect(scheduleOf(better, NOON).cards.get(card)!.due > '2026-11-29').toBe(true)
})
