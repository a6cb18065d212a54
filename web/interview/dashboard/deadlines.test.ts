import { expect, onTestFinished, test, vi } from 'vitest'
import { deadlineFault, deadlineHint, localTime, readLocalTime } from './deadlines.ts'

const MINUTE = 60_000
const now = Date.UTC(2026, 10, 29, 9)

test.each([
  ['both times in order', 10, 20, null],
  ['both the same', 10, 10, null],
  ['a start that has passed', 0, 20, '“Start by” has already passed.'],
  ['both passed', -20, -10, '“Start by” has already passed.'],
  ['closing before the start', 20, 10, '“Closes at” can’t be earlier than “Start by”.'],
  ['an empty field', NaN, 10, 'Enter both times.'],
])('%s', (_what, startBy, endBy, fault) => {
  expect(deadlineFault({ startBy: now + startBy * MINUTE, endBy: now + endBy * MINUTE }, now)).toBe(fault)
})

test('once a candidate has started, only the closing time counts', () => {
  const deadline = { startBy: now - MINUTE, endBy: now + MINUTE }
  expect(deadlineFault(deadline, now, true)).toBeNull()
  expect(deadlineFault({ ...deadline, endBy: now }, now, true)).toBe('“Closes at” has already passed.')
})

test('a window that is shorter than the questions take is pointed out, to the minute', () => {
  const open = (minutes: number) => ({ startBy: now, endBy: now + minutes * MINUTE })
  expect(deadlineHint(open(1), 2)).toBe(
    'A candidate who starts at the last moment has 1 minute for questions that take 2.',
  )
  expect(deadlineHint(open(45), 45)).toBeNull()
  expect(deadlineHint({ startBy: NaN, endBy: now }, 45)).toBeNull()
})

test('a time goes into a field and comes back, on both sides of a change of the clocks', () => {
  vi.stubEnv('TZ', 'Europe/Berlin')
  onTestFinished(() => void vi.unstubAllEnvs())
  expect(localTime(now)).toBe('2026-11-29T10:00')
  expect(localTime(Date.UTC(2027, 6, 1, 9))).toBe('2027-07-01T11:00')
  for (let day = 0; day < 366; day += 1) {
    const time = now + day * 24 * 60 * MINUTE
    expect(readLocalTime(localTime(time))).toBe(time)
  }
})
