import { expect, test } from 'vitest'
import { usedAt, type ClockChange } from '#contract/interview/answer-time.ts'
import type { QuoteSource, QuoteTarget } from '#contract/interview/evidence.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { candidateReport } from './report/candidate-report.ts'
import { reportFor } from './report/report.ts'
import { done, IDA, JON, MINUTE, newId, refusal, startedRoom, type TestRoom } from './testing/room.ts'
import { openTab } from './testing/tab.ts'
import { hostView } from './views/host-view.ts'
import { replayOf } from './views/replay.ts'

const POINT: QuoteTarget = { kind: 'key-point', index: 2 }
const FLAG: QuoteTarget = { kind: 'red-flag', index: 1 }
const said = (words: string, position = 0): QuoteSource => ({ kind: 'answer', words, position })

function quote(
  room: TestRoom,
  source: QuoteSource,
  target = POINT,
  more: { about?: number; who?: typeof IDA } = {},
) {
  const { who = IDA, ...about } = more
  return room.host(who, { type: 'quote', quote: newId(), question: 'q1', target, source, ...about })
}

function cardOf(room: TestRoom, who = IDA) {
  const seen = { now: room.now, living: new Set<string>(), hideNames: false, publicUrl: null }
  return hostView(room.state, who, seen).card
}

function reportOf(room: TestRoom) {
  return reportFor(room.state, IDA, { now: room.now, hideNames: false }).questions[0]
}

test('words are bound to a key point and tick it, at the time that the clock of the question showed', () => {
  const room = startedRoom()
  room.wait(3 * MINUTE + 12_000)
  expect(done(quote(room, said('signed, not hidden', 4)))).toEqual(['quote-bound', 'key-point-ticked'])
  const { quotes, ticks, times } = cardOf(room)
  expect(ticks).toEqual({ q1: [2] })
  expect(quotes).toMatchObject([{ question: 'q1', target: POINT, source: said('signed, not hidden', 4) }])
  expect(Object.values(times.q1 ?? {})).toEqual([
    { at: room.now, used: 192_000 },
    { at: room.now, used: 192_000 },
  ])
})

test('a key point has several quotes, the same words count once, and a red flag is raised by its quote', () => {
  const room = startedRoom()
  done(quote(room, said('one')))
  expect(done(quote(room, said('two')))).toEqual(['quote-bound'])
  expect(done(quote(room, said('two')))).toEqual([])
  expect(done(quote(room, said('two', 40)))).toEqual(['quote-bound'])
  expect(done(quote(room, said('it is encrypted'), FLAG))).toEqual(['quote-bound', 'red-flag-raised'])
  expect(cardOf(room).quotes).toHaveLength(4)
  expect(cardOf(room).flags).toEqual({ q1: [1] })
})

test('a quote is removed by its owner alone, and what it ticked stays', () => {
  const room = startedRoom()
  done(quote(room, said('one')))
  const [{ id } = { id: '' }] = cardOf(room).quotes
  expect(done(room.host(JON, { type: 'unquote', quote: id }))).toEqual([])
  expect(done(room.host(IDA, { type: 'unquote', quote: id }))).toEqual(['quote-removed'])
  expect(cardOf(room)).toMatchObject({ quotes: [], ticks: { q1: [2] } })
  expect(Object.keys(cardOf(room).times.q1 ?? {})).toEqual(['tick/2'])
})

test('a request is bound with the time at which it was sent', () => {
  const room = startedRoom()
  room.wait(MINUTE)
  const request = newId()
  done(room.request('/users/', { id: request }))
  room.wait(MINUTE)
  done(quote(room, { kind: 'request', request }))
  expect(Object.values(cardOf(room).times.q1 ?? {})).toEqual([
    { at: room.now - MINUTE, used: MINUTE },
    { at: room.now - MINUTE, used: MINUTE },
  ])
  expect(refusal(quote(room, { kind: 'request', request: newId() }))).toBe('unknown')
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  const elsewhere = { kind: 'request' as const, request }
  expect(
    refusal(
      room.host(IDA, { type: 'quote', quote: newId(), question: 'q2', target: POINT, source: elsewhere }),
    ),
  ).toBe('unknown')
})

test('what can’t be bound is refused with a sentence', () => {
  const room = startedRoom()
  expect(refusal(quote(room, said('x'), { kind: 'key-point', index: 3 }))).toBe('unknown')
  expect(refusal(quote(room, said('x'), { kind: 'red-flag', index: 2 }))).toBe('unknown')
  expect(refusal(quote(room, said(' \n\t ')))).toBe('malformed')
  expect(refusal(quote(room, said('x'.repeat(LIMITS.quoteCharacters + 1))))).toBe('full')
  const later = { type: 'quote', quote: newId(), question: 'q2', target: POINT, source: said('x') } as const
  expect(refusal(room.host(IDA, later))).toBe('not-yet')
  expect(refusal(room.host(IDA, { ...later, question: 'q9' }))).toBe('unknown')
  for (let count = 0; count < LIMITS.quotesPerMark; count += 1) done(quote(room, said('x', count)))
  expect(refusal(quote(room, said('x', 99)))).toBe('full')
  done(room.host(IDA, { type: 'end' }))
  done(quote(room, said('after the end'), FLAG))
  done(room.host(IDA, { type: 'hand-in' }))
  expect(refusal(quote(room, said('too late'), FLAG))).toBe('too-late')
  expect(refusal(room.host(IDA, { type: 'unquote', quote: newId() }))).toBe('too-late')
})

test('all quotes of a scorecard together have a limit', () => {
  const room = startedRoom()
  for (const question of ['q2', 'q3']) done(room.host(IDA, { type: 'go-to', question }))
  const targets = ['q1', 'q2', 'q3'].flatMap((question) =>
    [0, 1, 2].map((index) => ({ question, target: { kind: 'key-point' as const, index } })),
  )
  const words = 'x'.repeat(LIMITS.quoteCharacters)
  const all = targets.flatMap((of) =>
    [...Array(LIMITS.quotesPerMark).keys()].map((position) => ({ ...of, source: said(words, position) })),
  )
  const most = LIMITS.quotedCharacters / LIMITS.quoteCharacters
  for (const one of all.slice(0, most)) done(room.host(IDA, { type: 'quote', quote: newId(), ...one }))
  const [next] = all.slice(most)
  if (next) expect(refusal(room.host(IDA, { type: 'quote', quote: newId(), ...next }))).toBe('full')
  expect(next).toBeDefined()
})

test('the time that something is about is never before the question or after now', () => {
  const room = startedRoom()
  const asked = room.now
  room.wait(2 * MINUTE)
  done(room.host(IDA, { type: 'tick', question: 'q1', keyPoint: 0, ticked: true, about: asked + MINUTE }))
  done(room.host(IDA, { type: 'flag', question: 'q1', redFlag: 0, raised: true, about: 5 }))
  done(room.host(IDA, { type: 'score', question: 'q1', score: 3, about: room.now + MINUTE }))
  done(room.host(IDA, { type: 'mark', moment: newId(), label: 'before', about: asked + 1_000 }))
  expect(cardOf(room).times.q1).toEqual({
    'tick/0': { at: asked + MINUTE, used: MINUTE },
    'flag/0': { at: asked, used: 0 },
    score: { at: room.now, used: 2 * MINUTE },
  })
  expect(cardOf(room).moments).toMatchObject([{ at: asked + 1_000, question: 'q1' }])
})

test('a moment marked while watching stands in the replay where it happened', () => {
  const room = startedRoom()
  const asked = room.now
  room.wait(2 * MINUTE)
  done(room.request('/users/'))
  done(room.host(IDA, { type: 'end' }))
  done(room.host(IDA, { type: 'mark', moment: newId(), label: 'here', about: asked + MINUTE }))
  const kinds = replayOf(room.events, IDA.id).steps.map(({ kind }) => kind)
  expect(kinds).toEqual(['joined', 'asked', 'moment', 'request', 'left', 'ended'])
  expect(cardOf(room).moments).toMatchObject([{ label: 'here', question: 'q1' }])
})

test('the report has each quote with its moment, and whether its words still stand', () => {
  const room = startedRoom()
  const tab = openTab()
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type('A token is hidden.') }))
  done(quote(room, said('token is hidden', 2), FLAG))
  done(quote(room, said('A token')))
  done(room.candidate({ type: 'write', question: 'q1', update: tab.erase(11, 6) }))
  done(room.host(IDA, { type: 'end' }))
  expect(reportOf(room)?.marks[0]?.quotes).toMatchObject([
    { target: FLAG, source: { words: 'token is hidden' }, stands: false, moment: { used: 0 } },
    { target: POINT, source: { words: 'A token' }, stands: true },
  ])
})

test('a candidate gets the words for a key point only with the key points, and nothing of red flags', () => {
  const room = startedRoom()
  const request = newId()
  done(room.request('/users/7', { id: request, status: 404 }))
  done(quote(room, said('signed')))
  done(quote(room, { kind: 'request', request }))
  done(quote(room, said('quote-of-ida'), FLAG))
  done(quote(room, said('not ticked any more'), { kind: 'key-point', index: 0 }))
  done(room.host(IDA, { type: 'tick', question: 'q1', keyPoint: 0, ticked: false }))
  done(room.host(IDA, { type: 'end' }))
  done(room.host(IDA, { type: 'hand-in' }))
  const parts = { answers: true, requests: true, times: true, modelAnswers: true, study: [] }
  const share = (keyPoints: boolean) =>
    done(
      room.host(IDA, {
        type: 'share',
        parts,
        card: { scores: true, keyPoints, notes: true, strengths: true },
      }),
    )
  share(false)
  expect(JSON.stringify(candidateReport(room.state, room.now))).not.toContain('signed')
  share(true)
  const report = candidateReport(room.state, room.now)
  expect(JSON.stringify(report)).not.toMatch(/quote-of-ida|not ticked|position|moment/)
  expect(report?.questions[0]?.marks[0]?.keyPoints?.[2]?.quotes).toEqual([
    { kind: 'answer', text: 'signed' },
    { kind: 'request', text: 'GET /users/7 404' },
  ])
})

test('the clock of a question at any time: pauses don’t count, and between two turns it isn’t asked', () => {
  const changes: ClockChange[] = [
    { at: 10, kind: 'asked' },
    { at: 20, kind: 'paused' },
    { at: 50, kind: 'resumed' },
    { at: 60, kind: 'left' },
    { at: 100, kind: 'asked' },
  ]
  const times = [9, 10, 15, 20, 40, 55, 60, 99, 100, 130]
  expect(times.map((at) => usedAt(changes, at))).toEqual([null, 0, 5, 10, 10, 15, null, null, 20, 50])
})
