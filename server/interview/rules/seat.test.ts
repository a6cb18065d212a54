import { expect, test } from 'vitest'
import { decideJoin, isCandidate } from './decide/joining.ts'
import { done, IDA, KEY_HASH, newId, openTestRoom, OTHER_KEY_HASH, refusal } from './testing/room.ts'
import { joinInfo } from './views/candidate-view.ts'

test('a room has one candidate: a second person with the code is refused', () => {
  const room = openTestRoom()
  done(room.join('Cleo', KEY_HASH))
  expect(refusal(room.join('Max', OTHER_KEY_HASH))).toBe('taken')
  expect(room.state.candidate?.name).toBe('Cleo')
})

test('a join whose response was lost can be sent again', () => {
  const room = openTestRoom()
  const join = { id: newId(), name: 'Cleo', keyHash: KEY_HASH }
  done(room.take(decideJoin(room.state, join, room.now)))
  expect(done(room.take(decideJoin(room.state, join, room.now)))).toEqual([])
  expect(done(room.join('Cleo', KEY_HASH))).toEqual([])
})

test('readmitted, the candidate joins with a new key, and the old one opens nothing', () => {
  const room = openTestRoom()
  expect(refusal(room.host(IDA, { type: 'readmit' }))).toBe('not-yet')
  done(room.join('Cleo', KEY_HASH))
  done(room.host(IDA, { type: 'readmit' }))
  expect(isCandidate(room.state, KEY_HASH)).toBe(true)
  done(room.join('Cleo', OTHER_KEY_HASH))
  expect(isCandidate(room.state, KEY_HASH)).toBe(false)
  expect(isCandidate(room.state, OTHER_KEY_HASH)).toBe(true)
  expect(refusal(room.join('Max', KEY_HASH))).toBe('taken')
})

test('no one can join an interview that is over', () => {
  const room = openTestRoom()
  done(room.host(IDA, { type: 'end' }))
  expect(refusal(room.join())).toBe('too-late')
})

test('the candidate is told what is recorded before joining, and that text is stored with the consent', () => {
  const room = openTestRoom()
  const info = joinInfo(room.state, ['Ida'], room.now)
  expect(info).toMatchObject({
    interviewers: ['Ida'],
    questions: 3,
    minutes: 15,
    playground: true,
    taken: false,
  })
  expect(info.recorded.join(' ')).toContain('Passwords and tokens are hidden')
  expect(JSON.stringify(info)).not.toContain('canary')
  done(room.join())
  expect(room.state.candidate?.told).toEqual(info.recorded)
})
