import { expect, test } from 'vitest'
import {
  IDA,
  JON,
  MINUTE,
  OTHER_KEY_HASH,
  START,
  done,
  openTestRoom,
  ownTimeRoom,
  refusal,
  startedRoom,
} from './testing/room.ts'
import { decideConnected, decideDisconnected, decideDue } from './decide/connections.ts'
import { gridFor } from './report/grid.ts'
import { reportFor } from './report/report.ts'
import type { TestRoom } from './testing/room.ts'
import { candidateView, joinInfo } from './views/candidate-view.ts'
import { hostView } from './views/host-view.ts'

const living = new Set(['one'])
const asHost = (room: TestRoom, hideNames = false) =>
  hostView(room.state, IDA, { now: room.now, living, hideNames, publicUrl: null })
const asCandidate = (room: TestRoom) => candidateView(room.state, { now: room.now, living })

test('a deadline can be moved before the start and during the interview', () => {
  const room = ownTimeRoom()
  const later = { startBy: START + 200 * MINUTE, endBy: START + 300 * MINUTE }
  expect(done(room.host(IDA, { type: 'set-deadline', deadline: later }))).toEqual(['deadline-moved'])
  expect(done(room.host(IDA, { type: 'set-deadline', deadline: later }))).toEqual([])
  room.wait(150 * MINUTE)
  expect(asCandidate(room)).toMatchObject({ phase: 'open', deadline: later })
  done(room.candidate({ type: 'begin' }))
  const sooner = { startBy: later.startBy, endBy: room.now + 2 * MINUTE }
  done(room.host(IDA, { type: 'set-deadline', deadline: { ...sooner, startBy: START } }))
  room.wait(2 * MINUTE)
  done(room.take(decideDue(room.state, room.now)))
  expect(room.state).toMatchObject({ phase: 'ended', endedAt: room.now })
})

test('an interview that was never started opens again with a new deadline, and one that was started doesn’t', () => {
  const never = ownTimeRoom()
  never.wait(61 * MINUTE)
  done(never.take(decideDue(never.state, never.now)))
  expect(asCandidate(never)).toMatchObject({ phase: 'ended', asked: 0 })
  const deadline = { startBy: never.now + 10 * MINUTE, endBy: never.now + 60 * MINUTE }
  done(never.host(IDA, { type: 'set-deadline', deadline }))
  expect(asCandidate(never)).toMatchObject({ phase: 'open', endedAt: null, deadline })
  expect(done(never.candidate({ type: 'begin' }))).toEqual(['question-asked'])

  const over = ownTimeRoom()
  done(over.candidate({ type: 'begin' }))
  over.wait(121 * MINUTE)
  const wish = { startBy: over.now + 10 * MINUTE, endBy: over.now + 60 * MINUTE }
  expect(refusal(over.host(IDA, { type: 'set-deadline', deadline: wish }))).toBe('too-late')
})

test('a deadline that has passed, lies beyond the interview’s own end, or belongs to a live room is refused', () => {
  const room = ownTimeRoom()
  room.wait(MINUTE)
  const move = (startBy: number, endBy: number): string =>
    refusal(room.host(IDA, { type: 'set-deadline', deadline: { startBy, endBy } }))
  expect(move(room.now, room.now + MINUTE)).toBe('too-late')
  expect(move(room.now + MINUTE, room.state.keptUntil + 1)).toBe('too-late')
  done(room.candidate({ type: 'begin' }))
  expect(move(START, room.now)).toBe('too-late')
  const deadline = { startBy: START + 10 * MINUTE, endBy: START + 20 * MINUTE }
  expect(refusal(startedRoom().host(IDA, { type: 'set-deadline', deadline }))).toBe('not-allowed')
})

test.each([
  [{ unit: 'percent', percent: 25 } as const, 6.25 * MINUTE, 19],
  [{ unit: 'minutes', minutes: 2 } as const, 7 * MINUTE, 21],
])('extra time of %j is on every question’s clock, from the start or set later', (extraTime, each, total) => {
  const fromStart = openTestRoom({ extraTime })
  const later = openTestRoom()
  done(later.host(IDA, { type: 'set-extra-time', extraTime }))
  for (const room of [fromStart, later]) {
    expect(joinInfo(room.state, [], room.now).minutes).toBe(total)
    done(room.join())
    const view = asHost(room)
    expect(view.questions.map(({ clock }) => clock.allotted)).toEqual([each, each, each])
    expect(view.extraTime).toEqual(extraTime)
    expect(asCandidate(room).minutes).toBe(total)
    expect(JSON.stringify(asCandidate(room))).not.toContain('extra')
    done(room.host(IDA, { type: 'go-to', question: 'q1' }))
    expect(refusal(room.host(IDA, { type: 'set-extra-time', extraTime: null }))).toBe('too-late')
    expect(room.state.questions.q1?.clock.allotted).toBe(each)
  }
})

test('on their own time, a question ends only when its extra time is used up', () => {
  const room = openTestRoom({
    deadline: { startBy: START + 60 * MINUTE, endBy: START + 120 * MINUTE },
    extraTime: { unit: 'percent', percent: 50 },
  })
  done(room.join())
  done(room.candidate({ type: 'begin' }))
  room.wait(7 * MINUTE)
  expect(asCandidate(room).question?.key).toBe('q1')
  room.wait(MINUTE)
  expect(asCandidate(room)).toMatchObject({ question: null, timeWasUp: true })
})

test('arranging an interview makes no one an interviewer of the room', () => {
  const room = ownTimeRoom()
  done(room.host(JON, { type: 'set-extra-time', extraTime: { unit: 'minutes', minutes: 1 } }))
  expect(asCandidate(room).interviewers).toEqual([])
  expect(reportFor(room.state, IDA, { now: room.now, hideNames: false }).interviewers).toEqual([])
})

test('the candidate learns that time was up, and only then', () => {
  const room = ownTimeRoom()
  done(room.candidate({ type: 'begin' }))
  done(room.candidate({ type: 'leave', question: 'q1' }))
  expect(asCandidate(room).timeWasUp).toBe(false)
  done(room.candidate({ type: 'next', question: 'q1' }))
  room.wait(5 * MINUTE)
  expect(asCandidate(room)).toMatchObject({ timeWasUp: true, leftQuestion: 'q2' })
  done(room.candidate({ type: 'next', question: 'q2' }))
  expect(asCandidate(room).timeWasUp).toBe(false)
  room.wait(5 * MINUTE)
  expect(asCandidate(room)).toMatchObject({ phase: 'ended', timeWasUp: true })
})

test('what a candidate signals stands until it is taken back, answered, or the question changes', () => {
  const room = startedRoom()
  const signal = (kind: 'done' | 'more-time' | null, question = 'q1') =>
    room.candidate({ type: 'signal', question, signal: kind })
  expect(done(signal('more-time'))).toEqual(['candidate-signaled'])
  expect(done(signal('more-time'))).toEqual([])
  expect(asHost(room).signal).toEqual({ kind: 'more-time', at: room.now })
  expect(asCandidate(room).question?.signal).toBe('more-time')
  done(room.host(IDA, { type: 'add-time', milliseconds: MINUTE }))
  expect(asHost(room).signal).toBeNull()
  done(signal('done'))
  done(room.host(IDA, { type: 'add-time', milliseconds: MINUTE }))
  expect(asHost(room).signal?.kind).toBe('done')
  done(signal(null))
  expect(asCandidate(room).question?.signal).toBeNull()
  done(signal('done'))
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  expect(asHost(room).signal).toBeNull()
  // Sent before the question changed, and received afterwards.
  expect(done(signal('done', 'q1'))).toEqual([])
  expect(refusal(signal('done', 'q3'))).toBe('not-yet')
  done(room.host(IDA, { type: 'end' }))
  expect(refusal(signal('done', 'q2'))).toBe('too-late')
  const alone = ownTimeRoom()
  done(alone.candidate({ type: 'begin' }))
  expect(refusal(alone.candidate({ type: 'signal', question: 'q1', signal: 'done' }))).toBe('not-allowed')
})

test('a room records only so many signals', () => {
  const room = startedRoom()
  for (let count = 0; count < 300; count += 1) {
    done(room.candidate({ type: 'signal', question: 'q1', signal: count % 2 === 0 ? 'done' : null }))
  }
  expect(refusal(room.candidate({ type: 'signal', question: 'q1', signal: 'done' }))).toBe('full')
})

test('a candidate who joins again under another name keeps the old one in the record', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'readmit' }))
  room.wait(MINUTE)
  done(room.join('Leo', OTHER_KEY_HASH))
  const formerNames = [{ name: 'Cleo', until: room.now }]
  expect(asHost(room).candidate).toMatchObject({ name: 'Leo', formerNames })
  expect(reportFor(room.state, IDA, { now: room.now, hideNames: false }).formerNames).toEqual(formerNames)
  // Hidden names stay hidden, old ones too.
  const hidden = JSON.stringify([
    asHost(room, true),
    reportFor(room.state, IDA, { now: room.now, hideNames: true }),
    gridFor(room.state.plan, [room.state], IDA, { now: room.now, hideNames: true, interviewers: new Set() }),
  ])
  expect(hidden).not.toMatch(/Cleo|"Leo/)
  done(room.host(IDA, { type: 'readmit' }))
  done(room.join('Leo', 'c'.repeat(64)))
  expect(asHost(room).candidate?.formerNames).toEqual(formerNames)
})

test('a reload is not an interruption, and a longer one is listed with both of its times', () => {
  const room = startedRoom()
  let connections = 0
  let connection = ''
  const connect = (): void => {
    connections += 1
    connection = `99999999-9999-4999-8999-${String(connections).padStart(12, '0')}`
    room.take(decideConnected(room.state, { who: null, connection, instance: 'one' }, living, room.now))
  }
  const away = (milliseconds: number): void => {
    room.take(decideDisconnected(room.state, connection, room.now))
    room.wait(milliseconds)
    connect()
  }
  connect()
  for (const milliseconds of [0, 800, 9_999]) away(milliseconds)
  expect(asHost(room).gaps).toEqual([])
  const from = room.now
  away(12_000)
  const gaps = [{ who: 'candidate', name: 'Cleo', from, until: from + 12_000 }]
  expect(asHost(room).gaps).toEqual(gaps)
  expect(asCandidate(room).gaps).toEqual(gaps)
  expect(reportFor(room.state, IDA, { now: room.now, hideNames: false }).gaps).toEqual(gaps)
  // Closing the page just before the end isn't one either, however much later the report is read.
  room.take(decideDisconnected(room.state, connection, room.now))
  room.wait(2_000)
  done(room.host(IDA, { type: 'end' }))
  room.wait(60 * MINUTE)
  expect(reportFor(room.state, IDA, { now: room.now, hideNames: false }).gaps).toEqual(gaps)
})
