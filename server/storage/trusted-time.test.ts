import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TrustedTime } from './trusted-time.ts'

const HOUR = 60 * 60_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 0, 1)

/** A process that can be told how time goes on, and how its clock jumps meanwhile. */
function process(saved?: number, clockError = 0) {
  let elapsed = 5_000
  let error = clockError
  const began = elapsed
  const real = () => START + elapsed - began
  const time = new TrustedTime({ wall: () => real() + error, elapsed: () => elapsed }, saved)
  return {
    time,
    real,
    /** Hour by hour, with a look in each. */
    live: (hours: number) => {
      for (let hour = 0; hour < hours; hour += 1) {
        elapsed += HOUR
        time.look()
      }
    },
    jump: (by: number) => (error += by),
  }
}

test.each([1 / 60, 1, 2, 24, 2_400].flatMap((hours) => [hours * HOUR, -hours * HOUR]))(
  'an hour with a clock that is %i ms off makes nothing due early, and nothing used in the past',
  (by) => {
    const { time, real, live, jump } = process()
    live(3)
    jump(by)
    live(1)
    expect(time.earliest()).toBeLessThanOrEqual(real())
    expect(time.latest()).toBeGreaterThanOrEqual(real())
    jump(-by)
    live(1)
    expect([time.earliest(), time.latest()]).toEqual([real(), real()])
  },
)

test('however the clock jumps within a day, nothing is due early', () => {
  const jumps = fc.array(
    fc.tuple(fc.integer({ min: -100 * DAY, max: 100 * DAY }), fc.integer({ min: 0, max: 23 })),
  )
  fc.assert(
    fc.property(jumps, (list) => {
      const { time, real, live, jump } = process()
      let ahead = 0
      for (const [by, hours] of list) {
        jump(by)
        live(hours)
        ahead += by
        expect(time.earliest()).toBeLessThanOrEqual(real())
        expect(time.latest()).toBeGreaterThanOrEqual(real())
        // Right again: what it counted against the clock is forgotten.
        jump(-ahead)
        ahead = 0
        live(1)
      }
      expect(time.earliest()).toBe(real())
    }),
  )
})

test('a clock that went ahead and stays there for a day is believed', () => {
  const { time, real, live, jump } = process()
  jump(30 * DAY)
  live(24)
  expect(time.earliest()).toBe(real())
  live(1)
  expect(time.earliest()).toBe(real() + 30 * DAY)
})

test.each([
  ['a stop of a night counts as time', START - 12 * HOUR, 0, START],
  ['nothing is known of the process before', undefined, 0, START],
  ['a start with a clock 100 days ahead', START - HOUR, 100 * DAY, START - HOUR],
  ['a start with a clock a day ahead', START - HOUR, DAY, START - HOUR],
  ['a start with a clock 100 days behind', START - HOUR, -100 * DAY, START - 100 * DAY],
])('%s', (_, saved, error, earliest) => {
  const { time, live } = process(saved, error)
  expect(time.earliest()).toBe(earliest)
  live(3)
  expect(time.earliest()).toBe(earliest + 3 * HOUR)
  if (saved !== undefined) expect(time.latest()).toBeGreaterThanOrEqual(saved)
})

test('after a month of downtime, the clock is trusted once it has run for a day', () => {
  const { time, real, live } = process(START - 30 * DAY)
  live(24)
  expect(time.earliest()).toBe(real() - 30 * DAY)
  live(1)
  expect(time.earliest()).toBe(real())
})
