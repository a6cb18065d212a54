import fc from 'fast-check'
import { expect, test } from 'vitest'
import { usedBy } from '#contract/interview/clock.ts'
import { flagName, quoteName, tickName } from '#contract/interview/evidence.ts'
import { allottedMs } from '#contract/interview/extra-time.ts'
import type { Action, Course } from './testing/actions.ts'
import { runSession } from './testing/session.ts'
import { CANARIES } from './testing/canaries.ts'
import { settled } from './decide/due.ts'
import { fileOf } from './evolve/bugs.ts'
import { foldRoom } from './evolve/evolve.ts'
import { planned } from './room-state.ts'
import { RoomEvent } from './room-events.ts'
import { gridFor } from './report/grid.ts'
import { reportFor } from './report/report.ts'
import { decodeBase64 } from '#contract/interview/base64.ts'
import { judgeUpdate, textOf, wholeOf } from './text-document.ts'
import { candidateMessage, candidateOpening, hostMessage, hostOpening } from './views/messages.ts'
import { hostView } from './views/host-view.ts'
import { notesOf } from './views/visible-card.ts'
import { replayOf } from './views/replay.ts'
import { IDA, JON, KEY_HASH } from './testing/room.ts'

/** As JSON, and what is in updates of texts as letters. */
function readable(messages: unknown): string {
  return JSON.stringify(messages, (name, value: unknown) =>
    typeof value === 'string' &&
    (name === 'update' || name === 'answer' || name.endsWith('.py')) &&
    /^[A-Za-z0-9+/]+=*$/.test(value)
      ? atob(value)
      : value,
  )
}

const RUNS = { numRuns: 250 }

const question = fc.constantFrom('q1', 'q2', 'q3')
const who = fc.constantFrom('ida' as const, 'jon' as const)
const notesOn = fc.constantFrom('strengths' as const, 'concerns' as const)
const recommendation = fc.constantFrom('strong-no', 'no', 'yes', 'strong-yes', 'no-decision', null)
/** How long before its command something happened: commands wait offline, and replays are of the past. */
const ago = fc.integer({ min: -2_000, max: 400_000 })
const tab = fc.constantFrom(0 as const, 1 as const)

const of = (weight: number, arbitrary: fc.Arbitrary<Action>) => ({ weight, arbitrary })
/** A file of the second question's bug; for other questions nothing is typed into it. */
const file = fc.constantFrom(undefined, undefined, 'main.py', 'routers/users.py')
const is = <T extends string>(name: T): fc.Arbitrary<T> => fc.constant(name)
const somebody = fc.constantFrom('ida' as const, 'jon' as const, 'candidate' as const)

/** What the candidate does, and what can happen to anyone at any time. */
const anytime = [
  of(
    8,
    fc.record({
      do: is('type'),
      tab,
      letters: fc.string({ minLength: 1, maxLength: 4 }),
      at: fc.nat(20),
      file,
    }),
  ),
  of(2, fc.record({ do: is('erase'), tab, at: fc.nat(20), length: fc.nat(3), file })),
  of(4, fc.record({ do: fc.constantFrom('offline', 'online'), tab })),
  of(2, fc.record({ do: is('note'), who, question: fc.oneof(question, notesOn) })),
  of(1, fc.record({ do: is('not-assessed'), who, question, notAssessed: fc.boolean() })),
  of(2, fc.record({ do: is('score'), who, question, score: fc.nat(4), ago })),
  of(
    3,
    fc.record({
      ...{ do: is('quote'), who, question, ago, words: fc.string({ maxLength: 8 }) },
      target: fc.record({ kind: fc.constantFrom('key-point', 'red-flag'), index: fc.nat(3) }),
    }),
  ),
  of(2, fc.record({ do: fc.constantFrom('quote-request', 'unquote'), who })),
  of(
    2,
    fc.record({
      do: is('tick'),
      who,
      question,
      keyPoint: fc.nat(2),
      ticked: fc.boolean(),
      ago,
    }),
  ),
  of(2, fc.record({ do: is('flag'), who, question, redFlag: fc.nat(1), raised: fc.boolean() })),
  of(1, fc.record({ do: is('connect'), who: somebody, connection: fc.nat(3) })),
  of(1, fc.record({ do: is('disconnect'), connection: fc.nat(3) })),
  of(
    3,
    fc.record({
      do: fc.constantFrom('request', 'repeat', 'restart', 'instance-lost'),
    }),
  ),
  of(2, fc.record({ do: is('wait'), milliseconds: fc.nat(200_000) })),
  of(1, fc.record({ do: is('mark'), who })),
  of(
    3,
    fc.record({
      do: is('signal'),
      question,
      signal: fc.constantFrom('done' as const, 'more-time' as const, null),
    }),
  ),
  of(1, fc.record({ do: is('set-deadline'), who, startBy: fc.nat(90), endBy: fc.nat(90) })),
  of(1, fc.record({ do: is('set-extra-time'), who, percent: fc.nat(200) })),
  of(3, fc.record({ do: is('expect'), tab, question, text: fc.constantFrom('a 422', 'a 401', null) })),
  of(
    2,
    fc.record({
      ...{ do: is('run'), question },
      failed: fc.subarray(['look/works', 'again/works', 'look/unknown']),
    }),
  ),
  of(1, fc.record({ do: is('keep-run'), who, question })),
]
const leading = [
  of(4, fc.record({ do: fc.constantFrom('go-to', 'announce', 'announce'), who, question })),
  of(2, fc.record({ do: fc.constantFrom('withdraw', 'take-lead'), who })),
  of(
    4,
    fc.record({
      do: fc.constantFrom('pause', 'resume', 'add-time', 'reveal'),
      who,
    }),
  ),
]
const closing = [
  of(6, fc.record({ do: fc.constantFrom('hand-in', 'hand-in', 'take-back'), who })),
  of(3, fc.record({ do: is('recommend'), who, recommendation })),
]

const onTheirOwn = [
  of(8, fc.record({ do: fc.constantFrom('leave', 'next'), question })),
  of(2, fc.record({ do: is('wait'), milliseconds: fc.nat(600_000) })),
  of(1, fc.record({ do: is('begin') })),
]

/** A live one: begun, led, and mostly ended and scored. */
const live: fc.Arbitrary<Course> = fc
  .tuple(
    fc.array(fc.oneof(...anytime, ...leading), { minLength: 5, maxLength: 60, size: 'max' }),
    fc.boolean(),
    fc.array(fc.oneof(...anytime, ...closing), { maxLength: 20, size: 'max' }),
  )
  .map(([during, ends, after]) => ({
    alone: false,
    actions: [
      { do: 'go-to', who: 'ida', question: 'q1' },
      ...during,
      ...(ends ? [{ do: 'end' as const, who: 'ida' as const }] : []),
      ...after,
    ],
  }))

/** One on the candidate's own time; what only a host of a live room may do is tried as well. */
const alone: fc.Arbitrary<Course> = fc
  .tuple(
    fc.array(fc.oneof(...anytime, ...leading, ...onTheirOwn), { minLength: 5, maxLength: 60, size: 'max' }),
    fc.array(fc.oneof(...anytime, ...closing), { maxLength: 20, size: 'max' }),
  )
  .map(([during, after]) => ({ alone: true, actions: [{ do: 'begin' }, ...during, ...after] }))

/** Before the first question: times are arranged, pass and are moved, and the candidate starts in between or never. */
const arranged: fc.Arbitrary<Course> = fc
  .tuple(
    fc.boolean(),
    fc.array(
      fc.oneof(
        of(4, fc.record({ do: is('set-deadline'), who, startBy: fc.nat(20), endBy: fc.nat(40) })),
        of(3, fc.record({ do: is('set-extra-time'), who, percent: fc.nat(200) })),
        of(3, fc.record({ do: is('wait'), milliseconds: fc.nat(1_200_000) })),
        of(1, fc.record({ do: is('begin') })),
        of(1, fc.record({ do: is('go-to'), who, question })),
        of(1, fc.record({ do: fc.constantFrom('add-time', 'end'), who })),
        of(1, fc.record({ do: fc.constantFrom('repeat', 'restart') })),
        of(2, fc.record({ do: fc.constantFrom('leave', 'next'), question })),
      ),
      { minLength: 3, maxLength: 40, size: 'max' },
    ),
  )
  .map(([alone, actions]) => ({ alone, actions }))

const session = fc.oneof({ weight: 2, arbitrary: live }, { weight: 2, arbitrary: alone }, arranged)

test('nothing that a candidate typed is lost or duplicated, whatever happens', () => {
  fc.assert(
    fc.property(session, (course) => {
      const run = runSession(course)
      run.comeBack()
      const { state, tabs } = run
      for (const tab of tabs) {
        for (const { name, question: key, file: path } of tab.texts()) {
          const stands = state.questions[key]
          // What came after the last moment for it was refused with a sentence, and stays in the browser.
          if (stands === undefined || tab.refused.has(name)) continue
          const server = wholeOf(path === undefined ? stands : fileOf(stands, path))
          const text = tab.of(key, path)
          expect(judgeUpdate(server, decodeBase64(text.whole()))).toBe('known')
          if (state.present === key) expect(text.text()).toBe(textOf(server))
        }
      }
      const written = run.events.flatMap((event) =>
        event.type === 'answer-written' || event.type === 'file-edited' ? event.update : [],
      )
      expect(new Set(written).size).toBe(written.length)
    }),
    RUNS,
  )
})

test('a task begins once and before its first request, and what was expected of it stays', () => {
  fc.assert(
    fc.property(session, (course) => {
      let expected: Record<string, unknown> = {}
      const run = runSession(course, ({ state }) => {
        const now = Object.fromEntries(
          Object.entries(state.questions).map(([key, { expectation }]) => [key, expectation]),
        )
        for (const [key, before] of Object.entries(expected))
          if (before !== null) expect(now[key]).toEqual(before)
        expected = now
      })
      expect(expected.q2).toBeNull()
      for (const { question: of, at } of run.state.requests)
        if (planned(run.state, of)?.task)
          expect(run.state.questions[of]?.expectation?.at).toBeLessThanOrEqual(at)
    }),
    RUNS,
  )
})

test('there is never more than one current question, and used time never decreases', () => {
  fc.assert(
    fc.property(session, (course) => {
      let used: Record<string, number> = {}
      let number = 0
      runSession(course, ({ state, now }) => {
        const running = Object.entries(state.questions).filter(([, { clock }]) => clock.since !== null)
        expect(running.length).toBeLessThanOrEqual(1)
        if (state.present === null) expect(running).toEqual([])
        else if (running[0]) expect(running[0][0]).toBe(state.present)
        expect(state.phase === 'ended' && state.present !== null).toBe(false)
        const clocks = Object.fromEntries(
          Object.entries(state.questions).map(([key, { clock }]) => [key, usedBy(clock, now)]),
        )
        for (const [key, before] of Object.entries(used)) expect(clocks[key]).toBeGreaterThanOrEqual(before)
        used = clocks
        expect(state.number).toBeGreaterThanOrEqual(number)
        number = state.number
      })
    }),
    RUNS,
  )
})

test('no view or message for the candidate contains anything that only interviewers may see', () => {
  fc.assert(
    fc.property(session, (course) => {
      const run = runSession(course)
      let state = foldRoom(run.events.slice(0, 1))
      const revealed = new Set<string>()
      run.events.forEach((event, index) => {
        state = foldRoom(run.events.slice(0, index + 1))
        if (state === null || state.candidate === null) return
        if (event.type === 'answer-revealed') revealed.add(event.question)
        const seen = { now: run.now, living: new Set(['one']) }
        // A view has what is due by now, such as a question that was announced.
        const { present } = settled(state, run.now)
        const told = readable([candidateMessage(event, state, KEY_HASH, seen), candidateOpening(state, seen)])
        for (const { text, question: of, kind } of CANARIES) {
          const allowed =
            (kind === 'answer' && revealed.has(of) && present === of) ||
            (kind === 'question' && present === of)
          if (!allowed) expect(told).not.toContain(text)
        }
      })
    }),
    { numRuns: 60 },
  )
})

test('no one sees another interviewer’s card before both are handed in', () => {
  fc.assert(
    fc.property(session, (course) => {
      const { state, events, now } = runSession(course)
      const seen = { now, living: new Set(['one']), hideNames: false, publicUrl: null }
      const both = [IDA, JON].every(({ id }) => (state.cards[id]?.card.handedIn ?? null) !== null)
      const view = hostView(state, IDA, seen)
      for (const other of view.others) expect(other.card !== null).toBe(both)
      const told = readable([
        hostOpening(state, IDA, seen),
        ...events.map((event) => hostMessage(event, state, IDA, seen)),
      ])
      if (!both) {
        expect(told).not.toMatch(/(note|quote)-of-jon/)
        const report = reportFor(state, IDA, { now, hideNames: false })
        expect(JSON.stringify(report)).not.toMatch(/(note|quote)-of-jon/)
        expect(report.recommendations.map(({ interviewer }) => interviewer)).not.toContain(JON.id)
        const [row] = gridFor(state.plan, [state], IDA, {
          ...{ now, hideNames: false, interviewers: new Set([IDA.id, JON.id]) },
        }).rows
        expect(row?.recommendations?.map(({ interviewer }) => interviewer) ?? []).not.toContain(JON.id)
      }
    }),
    RUNS,
  )
})

test('a question never has a score and the mark that it isn’t assessed, and only one that was asked has either', () => {
  fc.assert(
    fc.property(session, (course) => {
      runSession(course, ({ state }) => {
        for (const { card } of Object.values(state.cards)) {
          const judged = [...Object.keys(card.scores), ...card.notAssessed]
          expect(new Set(judged).size).toBe(judged.length)
          for (const key of judged) expect(state.questions[key]?.askedAt).not.toBeNull()
        }
      })
    }),
    RUNS,
  )
})

test('a scorecard that is submitted doesn’t change until it is reopened, its recommendation and reasons included', () => {
  fc.assert(
    fc.property(session, (course) => {
      let submitted: Record<string, string> = {}
      runSession(course, ({ state }) => {
        const now = Object.entries(state.cards)
          .filter(([, { card }]) => card.handedIn !== null)
          .map(([id, owner]) => [id, JSON.stringify({ card: owner.card, notes: notesOf(owner) })] as const)
        for (const [id, text] of now) if (id in submitted) expect(text).toBe(submitted[id])
        submitted = Object.fromEntries(now)
      })
    }),
    RUNS,
  )
})

test('reading the log again gives the same state, and a replay shows all of it', () => {
  fc.assert(
    fc.property(session, (course) => {
      const { state, events, now } = runSession(course)
      const stored = events.map((event) => RoomEvent.parse(JSON.parse(JSON.stringify(event))))
      const again = foldRoom(stored)
      const seen = { now, living: new Set(['one']), hideNames: false, publicUrl: null }
      expect(again && hostOpening(again, IDA, seen)).toEqual(hostOpening(state, IDA, seen))
      const steps = replayOf(events, IDA.id).steps
      const count = (kind: string, type: string): void =>
        expect(steps.filter((step) => step.kind === kind).length).toBe(
          events.filter((event) => event.type === type).length,
        )
      count('text', 'answer-written')
      count('request', 'request-recorded')
      count('expectation', 'expectation-given')
      count('file', 'file-edited')
      count('run', 'run-reported')
      count('own-run', 'run-kept')
      expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted((a, b) => a - b))
    }),
    RUNS,
  )
})

test('an interview that was started and has ended never opens again, and only added time changes a clock that has run', () => {
  fc.assert(
    fc.property(fc.oneof(arranged, session), (course) => {
      let over = false
      let allotted: Record<string, number> = {}
      runSession(course, ({ state }) => {
        if (over) expect(state.phase).toBe('ended')
        over = state.phase === 'ended' && state.startedAt !== null
        for (const { key, minutes } of state.plan.questions) {
          const clock = state.questions[key]?.clock
          if (state.phase === 'open') expect(clock?.allotted).toBe(allottedMs(minutes, state.extraTime))
          else if (state.startedAt !== null && allotted[key] !== undefined) {
            expect(((clock?.allotted ?? 0) - allotted[key]) % 60_000).toBe(0)
            expect(clock?.allotted).toBeGreaterThanOrEqual(allotted[key])
          }
          allotted = { ...allotted, [key]: clock?.allotted ?? 0 }
        }
        if (state.signal !== null) expect(state.present).not.toBeNull()
      })
    }),
    RUNS,
  )
})

test('a quote keeps its words and its moment until its owner removes it, whatever is written, erased and asked', () => {
  fc.assert(
    fc.property(session, (course) => {
      const bound = new Map<string, string>()
      const { events } = runSession(course, ({ state }) => {
        for (const { card } of Object.values(state.cards)) {
          expect(new Set(card.quotes.map(({ id }) => id)).size).toBe(card.quotes.length)
          for (const quote of card.quotes) {
            const question = state.questions[quote.question]
            const moment = card.times[quote.question]?.[quoteName(quote.id)]
            const now = JSON.stringify([quote, moment])
            expect(bound.get(quote.id) ?? now).toBe(now)
            bound.set(quote.id, now)
            expect(moment?.at).toBeGreaterThanOrEqual(question?.askedAt ?? Infinity)
            expect(moment?.at).toBeLessThanOrEqual(state.at)
            const used = question ? usedBy(question.clock, state.at) : 0
            expect(moment?.used ?? 0).toBeLessThanOrEqual(used)
          }
        }
      })
      const state = foldRoom(events)
      const left = Object.values(state?.cards ?? {}).flatMap(({ card }) => card.quotes.map(({ id }) => id))
      const removed = new Set(events.flatMap((one) => (one.type === 'quote-removed' ? one.quote : [])))
      expect(new Set(left)).toEqual(new Set([...bound.keys()].filter((id) => !removed.has(id))))
    }),
    RUNS,
  )
})

test('whatever is on a scorecard has a moment, and what was taken back has none', () => {
  fc.assert(
    fc.property(session, (course) => {
      const { state } = runSession(course)
      for (const { card } of Object.values(state.cards)) {
        const named = Object.entries(card.times).flatMap(([key, moments]) =>
          Object.keys(moments).map((name) => `${key} ${name}`),
        )
        const onCard = [
          ...Object.keys(card.scores).map((key) => `${key} score`),
          ...Object.entries(card.ticks).flatMap(([key, all]) =>
            all.map((index) => `${key} ${tickName(index)}`),
          ),
          ...Object.entries(card.flags).flatMap(([key, all]) =>
            all.map((index) => `${key} ${flagName(index)}`),
          ),
          ...card.quotes.map(({ question: key, id }) => `${key} ${quoteName(id)}`),
        ]
        expect(named.toSorted()).toEqual(onCard.toSorted())
      }
    }),
    RUNS,
  )
})
