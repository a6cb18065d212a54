// @vitest-environment node
import { expect, test } from 'vitest'
import type { Replay } from '#contract/interview/replay.ts'
import { Writer } from '../../../server/interview/testing/room-client.ts'
import { usedAt } from '#contract/interview/answer-time.ts'
import { clockChangesOf, firstTimeOf } from './find-moment.ts'

const writer = new Writer()
const REPLAY: Replay = {
  steps: [
    { at: 10, kind: 'asked', question: 'q1' },
    { at: 20, kind: 'text', question: 'q1', update: writer.type('It is sig'), late: false },
    { at: 30, kind: 'paused', question: 'q1' },
    { at: 40, kind: 'resumed', question: 'q1' },
    { at: 50, kind: 'text', question: 'q1', update: writer.type('ned.'), late: false },
    { at: 60, kind: 'left', question: 'q1' },
    { at: 60, kind: 'asked', question: 'q2' },
  ],
}

test('words are found at the moment at which the last of them was written', () => {
  expect(firstTimeOf(REPLAY, 'q1', 'It is')).toBe(20)
  expect(firstTimeOf(REPLAY, 'q1', 'signed')).toBe(50)
  expect(firstTimeOf(REPLAY, 'q2', 'signed')).toBeNull()
  expect(firstTimeOf(REPLAY, 'q1', 'sealed')).toBeNull()
})

test('the clock of each question in the replay shows what it showed then', () => {
  const times = [5, 20, 35, 45, 60]
  expect(times.map((at) => usedAt(clockChangesOf(REPLAY, 'q1'), at))).toEqual([null, 10, 20, 25, null])
  expect(usedAt(clockChangesOf(REPLAY, 'q2'), 70)).toBe(10)
})
