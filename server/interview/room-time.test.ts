import { expect, test } from 'vitest'
import { RoomTime } from './room-time.ts'

const HOUR = 60 * 60_000
const NOON = Date.UTC(2026, 0, 1, 12)

function clock() {
  let wall = NOON
  let elapsed = 7
  const time = new RoomTime(
    () => wall,
    () => elapsed,
  )
  const live = (ms: number) => {
    wall += ms
    elapsed += ms
  }
  return { time, live, jump: (ms: number) => (wall += ms) }
}

test('a room with older events goes by the clock', () => {
  const { time, live } = clock()
  const room = { state: { at: NOON } }
  expect(time.of(room)).toBe(NOON)
  live(5_000)
  expect(time.of(room)).toBe(NOON + 5_000)
  expect(time.of({ state: null })).toBe(NOON + 5_000)
})

test("a clock that jumps two hours ahead and back doesn't stop any room", () => {
  const { time, live, jump } = clock()
  const room = { state: { at: NOON } }
  jump(2 * HOUR)
  room.state.at = time.of(room)
  jump(-2 * HOUR)
  const began = time.of(room)
  live(3_000)
  expect(time.of(room) - began).toBe(3_000)
  room.state.at = time.of(room)
  time.of(room)
  live(60_000)
  expect(time.of(room) - began).toBe(63_000)
})

test('it goes by the clock again when that has caught up', () => {
  const { time, live, jump } = clock()
  const room = { state: { at: NOON + HOUR } }
  expect(time.of(room)).toBe(NOON + HOUR)
  jump(2 * HOUR)
  live(1_000)
  expect(time.of(room)).toBe(NOON + 2 * HOUR + 1_000)
})
