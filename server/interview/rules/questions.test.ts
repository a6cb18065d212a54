import { expect, test } from 'vitest'
import { remainingAt } from '#contract/interview/clock.ts'
import {
  done,
  IDA,
  JON,
  MINUTE,
  newId,
  openTestRoom,
  ownTimeRoom,
  refusal,
  startedRoom,
} from './testing/room.ts'
import { candidateView } from './views/candidate-view.ts'

test('no question can be asked before a candidate has joined', () => {
  const room = openTestRoom()
  expect(refusal(room.host(IDA, { type: 'go-to', question: 'q1' }))).toBe('not-yet')
})

test('asking a question leaves the previous one, so there is only one current question', () => {
  const room = startedRoom()
  expect(done(room.host(IDA, { type: 'go-to', question: 'q3' }))).toEqual(['question-left', 'question-asked'])
  expect(room.state.present).toBe('q3')
  expect(room.state.questions.q1?.leftAt).toBe(room.now)
})

test('two interviewers who press next at the same moment move on only once', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  expect(done(room.host(JON, { type: 'go-to', question: 'q2' }))).toEqual([])
  expect(room.state.present).toBe('q2')
})

test('a question that is asked again continues with its own time', () => {
  const room = startedRoom()
  room.wait(2 * MINUTE)
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  room.wait(10 * MINUTE)
  done(room.host(IDA, { type: 'go-to', question: 'q1' }))
  room.wait(MINUTE)
  const clock = room.state.questions.q1?.clock
  expect(clock && remainingAt(clock, room.now)).toBe(2 * MINUTE)
})

test('a question keeps its number when it is asked again, whatever its place in the plan', () => {
  const room = startedRoom()
  const numbers = ['q3', 'q2', 'q1', 'q3', 'q2'].map((question) => {
    room.wait(1)
    done(room.host(IDA, { type: 'go-to', question }))
    return candidateView(room.state, { now: room.now, living: new Set() }).question?.number
  })
  // q1 was asked when the room started.
  expect(numbers).toEqual([2, 3, 1, 2, 3])
})

test('a pause stops the clock and a second pause changes nothing', () => {
  const room = startedRoom()
  room.wait(MINUTE)
  expect(done(room.host(IDA, { type: 'pause' }))).toEqual(['clock-paused'])
  room.wait(30 * MINUTE)
  expect(done(room.host(JON, { type: 'pause' }))).toEqual([])
  done(room.host(IDA, { type: 'resume' }))
  room.wait(MINUTE)
  const clock = room.state.questions.q1?.clock
  expect(clock && remainingAt(clock, room.now)).toBe(3 * MINUTE)
})

test('extra time goes to the current question, and live overtime cuts nothing off', () => {
  const room = startedRoom()
  room.wait(6 * MINUTE)
  expect(room.state.present).toBe('q1')
  done(room.host(IDA, { type: 'add-time', milliseconds: 3 * MINUTE }))
  const clock = room.state.questions.q1?.clock
  expect(clock && remainingAt(clock, room.now)).toBe(2 * MINUTE)
  expect(room.state.questions.q2?.clock.allotted).toBe(5 * MINUTE)
})

test('follow-ups and the model answer can be opened only for the current question', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'open-follow-up', question: 'q1', followUp: 1 }))
  expect(refusal(room.host(IDA, { type: 'open-follow-up', question: 'q2', followUp: 0 }))).toBe('too-late')
  expect(refusal(room.host(IDA, { type: 'open-follow-up', question: 'q1', followUp: 7 }))).toBe('unknown')
  expect(refusal(room.host(IDA, { type: 'reveal', question: 'q2' }))).toBe('too-late')
  expect(done(room.host(IDA, { type: 'reveal', question: 'q1' }))).toEqual(['answer-revealed'])
  expect(done(room.host(IDA, { type: 'reveal', question: 'q1' }))).toEqual([])
})

test('after the end no question can be asked, paused or opened', () => {
  const room = startedRoom()
  expect(done(room.host(IDA, { type: 'end' }))).toEqual(['question-left', 'room-ended'])
  expect(done(room.host(JON, { type: 'end' }))).toEqual([])
  expect(refusal(room.host(IDA, { type: 'go-to', question: 'q2' }))).toBe('too-late')
  expect(refusal(room.host(IDA, { type: 'pause' }))).toBe('too-late')
  expect(refusal(room.host(IDA, { type: 'reveal', question: 'q1' }))).toBe('too-late')
})

test('a question that the plan doesn’t have is unknown', () => {
  const room = startedRoom()
  expect(refusal(room.host(IDA, { type: 'go-to', question: 'q9' }))).toBe('unknown')
})

test('a command that arrives twice takes effect once, even with others in between', () => {
  const room = startedRoom()
  const id = newId()
  done(room.host(IDA, { id, type: 'add-time', milliseconds: MINUTE }))
  done(room.host(IDA, { type: 'pause' }))
  expect(done(room.host(IDA, { id, type: 'add-time', milliseconds: MINUTE }))).toEqual([])
  expect(room.state.questions.q1?.clock.allotted).toBe(6 * MINUTE)
})

test('used time never decreases, even if a command comes from a machine whose clock is behind', () => {
  const room = startedRoom()
  room.wait(2 * MINUTE)
  done(room.host(IDA, { type: 'pause' }))
  room.wait(-5 * MINUTE)
  done(room.host(IDA, { type: 'resume' }))
  expect(room.events.map(({ at }) => at)).toEqual([...room.events.map(({ at }) => at)].sort((a, b) => a - b))
  expect(room.state.questions.q1?.clock.used).toBe(2 * MINUTE)
})

test("interviewers can't lead a room on own time", () => {
  const room = ownTimeRoom()
  done(room.candidate({ type: 'begin' }))
  for (const command of [
    { type: 'go-to', question: 'q2' },
    { type: 'pause' },
    { type: 'resume' },
    { type: 'open-follow-up', question: 'q1', followUp: 0 },
    { type: 'reveal', question: 'q1' },
  ] as const) {
    expect(refusal(room.host(IDA, command))).toBe('not-allowed')
  }
})
