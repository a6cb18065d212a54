import { expect, test } from 'vitest'
import { GRACE, LIMITS } from '../../../contract/interview/limits.ts'
import { playgroundOpen } from './decide/requests.ts'
import { done, IDA, newId, openTestRoom, refusal, startedRoom } from './testing/room.ts'

test('a request is kept under the present question', () => {
  const room = startedRoom()
  done(room.request('/users/?limit=5'))
  expect(room.state.requests).toMatchObject([{ question: 'q1', path: '/users/?limit=5', at: room.now }])
})

test('a request that comes twice is kept once', () => {
  const room = startedRoom()
  const id = newId()
  done(room.request('/items', { id }))
  expect(done(room.request('/items', { id }))).toEqual([])
  expect(room.state.requests).toHaveLength(1)
})

test('nothing is kept before the first question, in a question without playground, and after the end', () => {
  const before = openTestRoom()
  done(before.join())
  expect(refusal(before.request('/items'))).toBe('not-allowed')
  const room = startedRoom()
  expect(playgroundOpen(room.state, room.now)).toBe('q1')
  room.wait(1_000)
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  expect(playgroundOpen(room.state, room.now)).toBeNull()
  room.wait(GRACE + 1)
  expect(refusal(room.request('/items'))).toBe('not-allowed')
})

test('an answer that was under way when the question was left still belongs to it', () => {
  const room = startedRoom()
  done(room.host(IDA, { type: 'go-to', question: 'q2' }))
  room.wait(GRACE)
  done(room.request('/items'))
  expect(room.state.requests).toMatchObject([{ question: 'q1' }])
})

test('500 requests are kept of a room', () => {
  const room = startedRoom()
  done(room.request('/items'))
  const [one] = room.state.requests
  if (one === undefined) throw new Error('no request')
  room.state = { ...room.state, requests: Array.from({ length: LIMITS.requests }, () => one) }
  expect(refusal(room.request('/items'))).toBe('full')
})
