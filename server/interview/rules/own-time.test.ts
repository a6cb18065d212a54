import { expect, test } from 'vitest'
import { decideDue } from './decide/connections.ts'
import { nextDueAt } from './decide/due.ts'
import { IDA, MINUTE, START, done, openTestRoom, ownTimeRoom, refusal, startedRoom } from './testing/room.ts'
import { openTab } from './testing/tab.ts'
import { textOf } from './text-document.ts'
import { candidateView } from './views/candidate-view.ts'
import { hostView } from './views/host-view.ts'

const living = new Set<string>()

test('the clock starts when the candidate begins, and not when they join', () => {
  const room = ownTimeRoom()
  room.wait(30 * MINUTE)
  done(room.candidate({ type: 'begin' }))
  expect(room.state.questions.q1?.clock).toEqual({ allotted: 5 * MINUTE, used: 0, since: room.now })
  expect(done(room.candidate({ type: 'begin' }))).toEqual([])
})

test('a candidate who hasn’t started by the deadline no longer can', () => {
  const room = ownTimeRoom()
  room.wait(60 * MINUTE)
  expect(refusal(room.candidate({ type: 'begin' }))).toBe('too-late')
  expect(hostView(room.state, IDA, { now: room.now, living, hideNames: false, publicUrl: null }).phase).toBe(
    'ended',
  )
})

test('no one can join after the deadline', () => {
  const room = openTestRoom({ deadline: { startBy: START + MINUTE, endBy: START + 2 * MINUTE } })
  room.wait(MINUTE)
  expect(refusal(room.join())).toBe('too-late')
})

test('next moves on from the question it names only once, even if two tabs press it', () => {
  const room = ownTimeRoom()
  done(room.candidate({ type: 'begin' }))
  expect(done(room.candidate({ type: 'next', question: 'q1' }))).toEqual(['question-left', 'question-asked'])
  expect(done(room.candidate({ type: 'next', question: 'q1' }))).toEqual([])
  expect(room.state.present).toBe('q2')
  expect(refusal(room.candidate({ type: 'next', question: 'q3' }))).toBe('not-yet')
})

test('no clock runs between two questions until the next one is opened', () => {
  const room = ownTimeRoom()
  done(room.candidate({ type: 'begin' }))
  room.wait(MINUTE)
  expect(done(room.candidate({ type: 'leave', question: 'q1' }))).toEqual(['question-left'])
  expect(done(room.candidate({ type: 'leave', question: 'q1' }))).toEqual([])
  room.wait(20 * MINUTE)
  const view = candidateView(room.state, { now: room.now, living })
  expect([view.question, view.leftQuestion, view.asked]).toEqual([null, 'q1', 1])
  expect(refusal(room.candidate({ type: 'leave', question: 'q2' }))).toBe('not-yet')
  expect(done(room.candidate({ type: 'next', question: 'q1' }))).toEqual(['question-asked'])
  expect(room.state.questions.q1?.clock.used).toBe(MINUTE)
  expect(room.state.questions.q2?.clock).toMatchObject({ used: 0, since: room.now })
  // What was left stays left.
  expect(done(room.candidate({ type: 'leave', question: 'q1' }))).toEqual([])
  expect(room.state.present).toBe('q2')
})

test('leaving the last question finishes the interview', () => {
  const room = ownTimeRoom()
  done(room.candidate({ type: 'begin' }))
  for (const question of ['q1', 'q2']) done(room.candidate({ type: 'next', question }))
  expect(done(room.candidate({ type: 'leave', question: 'q3' }))).toEqual(['question-left', 'room-ended'])
  expect(done(room.candidate({ type: 'leave', question: 'q3' }))).toEqual([])
})

test('a question ends with its clock, with or without an event, and the next one waits', () => {
  const room = ownTimeRoom()
  done(room.candidate({ type: 'begin' }))
  const end = room.now + 5 * MINUTE
  expect(nextDueAt(room.state)).toBe(end)
  room.wait(20 * MINUTE)
  const view = candidateView(room.state, { now: room.now, living })
  expect(view.question).toBeNull()
  expect(view.leftQuestion).toBe('q1')
  expect(done(room.take(decideDue(room.state, room.now)))).toEqual(['question-left'])
  expect(room.state.questions.q1).toMatchObject({ leftAt: end, clock: { used: 5 * MINUTE } })
  expect(done(room.candidate({ type: 'next', question: 'q1' }))).toEqual(['question-asked'])
  expect(room.state.questions.q2?.clock.since).toBe(room.now)
})

test('after the last question the interview is over', () => {
  const room = ownTimeRoom()
  done(room.candidate({ type: 'begin' }))
  done(room.candidate({ type: 'next', question: 'q1' }))
  done(room.candidate({ type: 'next', question: 'q2' }))
  expect(done(room.candidate({ type: 'next', question: 'q3' }))).toEqual(['question-left', 'room-ended'])
  expect(room.state.phase).toBe('ended')
})

test('the last question’s clock ends the interview, too', () => {
  const room = ownTimeRoom()
  done(room.candidate({ type: 'begin' }))
  done(room.candidate({ type: 'next', question: 'q1' }))
  done(room.candidate({ type: 'next', question: 'q2' }))
  room.wait(5 * MINUTE)
  expect(done(room.take(decideDue(room.state, room.now)))).toEqual(['question-left', 'room-ended'])
})

test('the deadline ends everything, in the middle of a question or between two', () => {
  const during = openTestRoom({ deadline: { startBy: START + 9 * MINUTE, endBy: START + 10 * MINUTE } })
  done(during.join())
  during.wait(8 * MINUTE)
  done(during.candidate({ type: 'begin' }))
  during.wait(60 * MINUTE)
  done(during.take(decideDue(during.state, during.now)))
  expect(during.state).toMatchObject({ phase: 'ended', endedAt: START + 10 * MINUTE, present: null })
  expect(during.state.questions.q1?.clock.used).toBe(2 * MINUTE)

  const between = ownTimeRoom()
  done(between.candidate({ type: 'begin' }))
  between.wait(120 * MINUTE)
  done(between.take(decideDue(between.state, between.now)))
  expect(between.state).toMatchObject({ phase: 'ended', endedAt: START + 120 * MINUTE })
  expect(between.state.questions.q1?.leftAt).toBe(START + 5 * MINUTE)
})

test('text that arrives within five seconds of the clock’s end is in time; later text is kept separately as late', () => {
  const room = ownTimeRoom()
  const tab = openTab()
  done(room.candidate({ type: 'begin' }))
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type('in time') }))
  room.wait(5 * MINUTE + 5_000)
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type(', just') }))
  room.wait(1)
  done(room.candidate({ type: 'write', question: 'q1', update: tab.type(', late') }))
  const question = room.state.questions.q1
  expect(question && textOf(question.answer)).toBe('in time, just')
  expect(question?.lateAt).toBe(room.now)
})

test('an interviewer may add time while the clock runs', () => {
  const room = ownTimeRoom()
  done(room.candidate({ type: 'begin' }))
  done(room.host(IDA, { type: 'add-time', milliseconds: 5 * MINUTE }))
  room.wait(9 * MINUTE)
  expect(candidateView(room.state, { now: room.now, living }).question?.key).toBe('q1')
  room.wait(MINUTE)
  expect(refusal(room.host(IDA, { type: 'add-time', milliseconds: MINUTE }))).toBe('not-yet')
})

test('a candidate in a live room can neither start nor move on', () => {
  const room = startedRoom()
  expect(refusal(room.candidate({ type: 'begin' }))).toBe('not-allowed')
  expect(refusal(room.candidate({ type: 'leave', question: 'q1' }))).toBe('not-allowed')
  expect(refusal(room.candidate({ type: 'next', question: 'q1' }))).toBe('not-allowed')
})
