import { expect, test } from 'vitest'
import { LIMITS } from '#contract/interview/limits.ts'
import { admitRequest, requestsFull, trialOpen } from './decide/requests.ts'
import { done, IDA, MINUTE, newId, openTestRoom, ownTimeRoom, refusal, startedRoom } from './testing/room.ts'
import { TEST_PLAN } from './testing/sample-plan.ts'
import { openTab } from './testing/tab.ts'

test('a request is recorded under the current question', () => {
  const room = startedRoom()
  done(room.request('/users/?limit=5'))
  expect(room.state.requests).toMatchObject([{ question: 'q1', path: '/users/?limit=5', at: room.now }])
})

test('a request that arrives twice is recorded once', () => {
  const room = startedRoom()
  const id = newId()
  done(room.request('/items', { id }))
  expect(done(room.request('/items', { id }))).toEqual([])
  expect(room.state.requests).toHaveLength(1)
})

test('the playground is closed before the first question, in a question without one, and after the end', () => {
  const before = openTestRoom()
  done(before.join())
  expect(refusal(before.request('/items'))).toBe('not-allowed')
  const room = startedRoom()
  done(room.request('/items'))
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  expect(refusal(room.request('/items'))).toBe('not-allowed')
  done(room.host(IDA, { type: 'go-to', question: 'q1' }))
  done(room.host(IDA, { type: 'end' }))
  expect(refusal(room.request('/items'))).toBe('not-allowed')
  expect(room.state.requests).toHaveLength(1)
})

test('a request that started while the playground was open is recorded, however long it took', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'end' }))
  room.wait(MINUTE)
  done(room.request('/items', { question: 'q1' }))
  expect(room.state.requests).toMatchObject([{ question: 'q1', at: room.now }])
})

test('when the list is full nothing more is admitted, and what was admitted before is recorded', () => {
  const room = startedRoom()
  done(room.request('/items'))
  const [one] = room.state.requests
  if (one === undefined) throw new Error('no request')
  room.state = { ...room.state, requests: Array.from({ length: LIMITS.requests - 2 }, () => one) }
  expect(admitRequest(room.state, room.now, 1)).toBe('q1')
  expect(admitRequest(room.state, room.now, 2)).toMatchObject({ refused: 'full' })
  expect(requestsFull(room.state)).toBe(false)
  for (const path of ['/a', '/b', '/c']) done(room.request(path, { question: 'q1' }))
  expect(room.state.requests.slice(-3).map(({ path }) => path)).toEqual(['/a', '/b', '/c'])
  expect(requestsFull(room.state)).toBe(true)
  expect(refusal(room.request('/items'))).toBe('full')
})

test('texts leave room for every request that may still be recorded', () => {
  const room = startedRoom()
  room.state = { ...room.state, number: LIMITS.events - LIMITS.reservedEvents - LIMITS.requests }
  expect(refusal(room.candidate({ type: 'write', question: 'q1', update: openTab().type('a') }))).toBe('full')
  done(room.request('/items'))
})

test('before the first question the playground can be tried out, unless no question opens it or no one has joined', () => {
  const room = openTestRoom()
  expect(trialOpen(room.state, room.now)).toBe(false)
  done(room.join())
  expect(trialOpen(room.state, room.now)).toBe(true)
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  expect(trialOpen(room.state, room.now)).toBe(false)

  const questions = TEST_PLAN.questions.map((question) => ({ ...question, playground: 'closed' as const }))
  const without = openTestRoom({ plan: { ...TEST_PLAN, questions } })
  done(without.join())
  expect(trialOpen(without.state, without.now)).toBe(false)

  const missed = ownTimeRoom()
  expect(trialOpen(missed.state, missed.now)).toBe(true)
  expect(trialOpen(missed.state, missed.now + 60 * MINUTE)).toBe(false)
})
