// @vitest-environment node
import { expect, test } from 'vitest'
import { clockWords, measure } from './measure.ts'

/** A network whose messages take the given times, and a device whose clock is off. */
function network(roundTripsMs: number[], aheadMs: number) {
  let elapsed = 0
  const start = Date.UTC(2026, 10, 29)
  return {
    readServerTime: () => {
      const took = roundTripsMs.shift() ?? 0
      elapsed += took
      return Promise.resolve(start + elapsed - took / 2)
    },
    clocks: { now: () => start + elapsed + aheadMs, elapsed: () => elapsed },
  }
}

test('the shortest of three messages counts, and the clock is compared with the middle of it', async () => {
  for (const aheadMs of [0, 3_600_000, -7_200_000]) {
    const { readServerTime, clocks } = network([400, 30, 90], aheadMs)
    expect(await measure(readServerTime, clocks)).toEqual({ roundTripMs: 30, aheadMs })
  }
})

test('a clock that is off is mentioned with what it means, a second isn’t', () => {
  expect(clockWords(-1_500)).toBe('Your clock is right.')
  expect(clockWords(3_600_000)).toContain('1 h ahead; that doesn’t matter')
  expect(clockWords(-120_000)).toContain('2 min behind')
})
