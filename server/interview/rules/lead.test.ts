import { expect, test } from 'vitest'
import { HAND_OVER_MS } from '#contract/interview/limits.ts'
import { candidateView } from './views/candidate-view.ts'
import { settled } from './decide/due.ts'
import { done, IDA, JON, ownTimeRoom, refusal, startedRoom, type TestRoom } from './testing/room.ts'

const presentNow = (room: TestRoom): string | null => settled(room.state, room.now).present
const seenByCandidate = (room: TestRoom) => candidateView(room.state, { now: room.now, living: new Set() })

test('an announced question is asked five seconds later, and until then the candidate keeps the present one', () => {
  const room = startedRoom()
  expect(done(room.host(IDA, { type: 'announce', question: 'q2' }))).toEqual(['question-announced'])
  room.wait(HAND_OVER_MS - 1)
  expect(presentNow(room)).toBe('q1')
  room.wait(1)
  expect(presentNow(room)).toBe('q2')
  // What was written in these seconds belongs to the question that it was written for.
  expect(settled(room.state, room.now).questions.q1?.leftAt).toBe(room.now)
})

test('the candidate learns when the interviewer moves on, and nothing of where to', () => {
  const room = startedRoom()
  const before = seenByCandidate(room)
  done(room.host(IDA, { type: 'announce', question: 'q3' }))
  const { number, comingAt, ...after } = seenByCandidate(room)
  expect(comingAt).toBe(room.now + HAND_OVER_MS)
  expect({ ...after, number: before.number, comingAt: null }).toEqual(before)
  expect(number).toBe(before.number + 1)
})

test('an announcement can be taken back until the candidate has the question, and not afterwards', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'announce', question: 'q2' }))
  done(room.host(IDA, { type: 'withdraw' }))
  room.wait(2 * HAND_OVER_MS)
  expect(presentNow(room)).toBe('q1')
  expect(seenByCandidate(room).comingAt).toBeNull()
  done(room.host(IDA, { type: 'announce', question: 'q2' }))
  room.wait(HAND_OVER_MS)
  expect(refusal(room.host(IDA, { type: 'withdraw' }))).toBe('too-late')
  expect(presentNow(room)).toBe('q2')
})

test('asking the present question takes back the one that is announced', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'announce', question: 'q2' }))
  done(room.host(IDA, { type: 'go-to', question: 'q1' }))
  room.wait(HAND_OVER_MS)
  expect(presentNow(room)).toBe('q1')
})

test('announced twice it comes once, and announcing another one starts over', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'announce', question: 'q2' }))
  room.wait(3_000)
  expect(done(room.host(IDA, { type: 'announce', question: 'q2' }))).toEqual([])
  done(room.host(IDA, { type: 'announce', question: 'q3' }))
  room.wait(HAND_OVER_MS - 1)
  expect(presentNow(room)).toBe('q1')
  room.wait(1)
  expect(presentNow(room)).toBe('q3')
})

test('an announced question can be asked at once, and the end of the interview takes the announcement with it', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'announce', question: 'q2' }))
  expect(done(room.host(IDA, { type: 'go-to', question: 'q2' }))).toEqual(['question-left', 'question-asked'])
  done(room.host(IDA, { type: 'announce', question: 'q3' }))
  done(room.host(IDA, { type: 'end' }))
  room.wait(HAND_OVER_MS)
  expect(settled(room.state, room.now)).toMatchObject({ phase: 'ended', coming: null, present: null })
})

test('whoever moves the interview first leads it; another one can only after taking over, visibly', () => {
  const room = startedRoom()
  expect(room.state.leader).toBe(IDA.id)
  for (const command of [
    { type: 'go-to', question: 'q2' },
    { type: 'announce', question: 'q2' },
    { type: 'pause' },
    { type: 'add-time', milliseconds: 60_000 },
    { type: 'open-follow-up', question: 'q1', followUp: 0 },
    { type: 'reveal', question: 'q1' },
    { type: 'end' },
  ] as const) {
    expect(refusal(room.host(JON, command)), command.type).toBe('not-allowed')
  }
  expect(done(room.host(JON, { type: 'take-lead' }))).toEqual(['interviewer-joined', 'lead-taken'])
  expect(done(room.host(JON, { type: 'take-lead' }))).toEqual([])
  done(room.host(JON, { type: 'announce', question: 'q2' }))
  expect(refusal(room.host(IDA, { type: 'withdraw' }))).toBe('not-allowed')
})

test('scoring, notes and moments need no lead', () => {
  const room = startedRoom()
  done(room.host(JON, { type: 'score', question: 'q1', score: 3 }))
  done(room.host(JON, { type: 'tick', question: 'q1', keyPoint: 0, ticked: true }))
  expect(room.state.leader).toBe(IDA.id)
})

test('on own time no one leads and nothing is announced', () => {
  const room = ownTimeRoom()
  done(room.candidate({ type: 'begin' }))
  expect(refusal(room.host(IDA, { type: 'announce', question: 'q2' }))).toBe('not-allowed')
  expect(refusal(room.host(IDA, { type: 'take-lead' }))).toBe('not-allowed')
})
