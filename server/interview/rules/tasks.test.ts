import { expect, test } from 'vitest'
import { LATE_MS } from '#contract/interview/limits.ts'
import { bestOf } from '#contract/interview/task.ts'
import { candidateReport } from './report/candidate-report.ts'
import { reportFor } from './report/report.ts'
import { CANARIES } from './testing/canaries.ts'
import { done, IDA, KEY_HASH, MINUTE, newId, ownTimeRoom, refusal, startedRoom } from './testing/room.ts'
import { judgementIn, TASK_PLAN } from './testing/sample-plan.ts'
import { candidateMessage, candidateOpening, hostMessage, hostOpening } from './views/messages.ts'
import { NOTHING_SHARED, NO_CARD_SHARED } from '#contract/interview/sharing.ts'

const seen = (now: number) => ({ now, living: new Set(['one']), hideNames: false, publicUrl: null })

test('a request of a task is refused until the candidate says what they expect, or chooses to just try it', () => {
  for (const text of ['A 422, because the age is no number', null]) {
    const room = startedRoom(TASK_PLAN)
    expect(refusal(room.request('/users/'))).toBe('not-yet')
    done(room.candidate({ type: 'expect', question: 'q1', text }))
    done(room.request('/users/', {}, judgementIn('q1')))
    expect(room.state.questions.q1?.expectation).toEqual({ text, at: room.now, late: false })
    expect(room.state.judged).toMatchObject([{ question: 'q1', judgement: { passed: false, trap: 0 } }])
  }
})

test('what is expected can be said once; sent again it changes nothing, and something else is refused', () => {
  const room = startedRoom(TASK_PLAN)
  const id = newId()
  expect(done(room.candidate({ id, type: 'expect', question: 'q1', text: 'A 422' }))).toHaveLength(1)
  expect(done(room.candidate({ id, type: 'expect', question: 'q1', text: 'A 422' }))).toEqual([])
  expect(done(room.candidate({ type: 'expect', question: 'q1', text: 'A 422' }))).toEqual([])
  expect(refusal(room.candidate({ type: 'expect', question: 'q1', text: 'A 401' }))).toBe('taken')
  expect(refusal(room.candidate({ type: 'expect', question: 'q1', text: null }))).toBe('taken')
})

test('a question that has no task, wasn’t asked or doesn’t exist has nothing to expect of', () => {
  const room = startedRoom(TASK_PLAN)
  const expecting = (question: string) => room.candidate({ type: 'expect', question, text: 'A 200' })
  expect(refusal(expecting('q3'))).toBe('not-yet')
  expect(refusal(expecting('q9'))).toBe('not-yet')
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  expect(refusal(expecting('q2'))).toBe('unknown')
})

test('written offline, it is accepted until ten minutes after the end, and marked as late', () => {
  const room = startedRoom(TASK_PLAN)
  done(room.host(IDA, { type: 'end' }))
  room.wait(LATE_MS)
  done(room.candidate({ type: 'expect', question: 'q1', text: 'A 422' }))
  expect(room.state.questions.q1?.expectation?.late).toBe(true)
  const later = startedRoom(TASK_PLAN)
  done(later.host(IDA, { type: 'end' }))
  later.wait(LATE_MS + 1)
  expect(refusal(later.candidate({ type: 'expect', question: 'q1', text: 'A 422' }))).toBe('too-late')
})

test('the interviewer gets each request with what it came to; the candidate gets no word of it', () => {
  const room = startedRoom(TASK_PLAN)
  done(room.candidate({ type: 'expect', question: 'q1', text: 'A 422' }))
  done(room.request('/users/', {}, judgementIn('q1')))
  const event = room.events.at(-1)!
  expect(hostMessage(event, room.state, IDA, seen(room.now))).toMatchObject({
    kind: 'request',
    judgement: judgementIn('q1'),
  })
  const opening = hostOpening(room.state, IDA, seen(room.now))
  expect(opening).toMatchObject({ judged: [{ judgement: judgementIn('q1') }] })
  expect(candidateMessage(event, room.state, KEY_HASH, seen(room.now))).toBeNull()
  const told = JSON.stringify(candidateOpening(room.state, seen(room.now)))
  for (const { text } of CANARIES.filter(({ kind }) => kind === 'secret')) expect(told).not.toContain(text)
  expect(told).toContain('"result":null')
})

test('where the playground explains, the candidate reads how much holds, and nothing else', () => {
  const room = startedRoom(TASK_PLAN)
  done(room.host(IDA, { type: 'go-to', question: 'q3' }))
  done(room.candidate({ type: 'expect', question: 'q3', text: null }))
  const before = room.state.candidateNumber
  done(room.request('/users/', {}, judgementIn('q3')))
  expect(room.state.candidateNumber).toBe(before + 1)
  const message = candidateMessage(room.events.at(-1)!, room.state, KEY_HASH, seen(room.now))
  expect(message).toMatchObject({
    view: { question: { task: { result: { passed: false, held: 1, of: 2 } } } },
  })
  for (const { text } of CANARIES.filter(({ kind }) => kind === 'secret'))
    expect(JSON.stringify(message)).not.toContain(text)
})

test('the report has what was expected and the best request, and the candidate’s only what was expected', () => {
  const room = startedRoom(TASK_PLAN)
  done(room.candidate({ type: 'expect', question: 'q1', text: 'A 422' }))
  for (const ok of [false, true, false]) {
    room.wait(1)
    done(room.request(`/users/?ok=${ok}`, {}, judgementIn('q1', ok)))
  }
  done(room.host(IDA, { type: 'end' }))
  done(room.host(IDA, { type: 'hand-in' }))
  const task = reportFor(room.state, IDA, seen(room.now)).questions[0]?.task
  expect(task?.expectation?.text).toBe('A 422')
  const best = bestOf(task?.judged ?? [])
  expect(room.state.requests.find(({ id }) => id === best?.request)?.path).toBe('/users/?ok=true')
  done(room.host(IDA, { type: 'share', parts: { ...NOTHING_SHARED, answers: true }, card: NO_CARD_SHARED }))
  const shared = candidateReport(room.state, room.now)
  expect(shared?.questions[0]?.task).toEqual({
    title: 'Task of q1',
    ask: '<p>What q1 asks</p>',
    expectation: 'A 422',
  })
  for (const { text } of CANARIES.filter(({ kind }) => kind === 'secret'))
    expect(JSON.stringify(shared)).not.toContain(text)
})

test('on their own time a task works the same', () => {
  const room = ownTimeRoom(TASK_PLAN)
  done(room.candidate({ type: 'begin' }))
  expect(refusal(room.request('/users/'))).toBe('not-yet')
  done(room.candidate({ type: 'expect', question: 'q1', text: 'A 422' }))
  done(room.request('/users/', {}, judgementIn('q1', true)))
  room.wait(MINUTE)
  done(room.candidate({ type: 'next', question: 'q1' }))
  expect(room.state.judged).toHaveLength(1)
})
