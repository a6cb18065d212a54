// @vitest-environment node
import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { addDays, dayInWords, dayOf, daysBetween } from './day.ts'

const zone = process.env.TZ
afterEach(() => (process.env.TZ = zone))

test.each([
  ['UTC', '2026-11-29T03:59:59Z', '2026-11-28'],
  ['UTC', '2026-11-29T04:00:00Z', '2026-11-29'],
  ['America/Los_Angeles', '2026-11-29T11:59:00Z', '2026-11-28'],
  ['America/Los_Angeles', '2026-11-29T12:00:00Z', '2026-11-29'],
  ['Pacific/Kiritimati', '2026-11-29T13:59:00Z', '2026-11-29'],
  // Clocks go forward and back at two and at three in the night.
  ['Europe/Berlin', '2026-03-29T01:59:00Z', '2026-03-28'],
  ['Europe/Berlin', '2026-03-29T02:00:00Z', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25T02:59:00Z', '2026-10-24'],
  ['Europe/Berlin', '2026-10-25T03:00:00Z', '2026-10-25'],
  ['UTC', '2027-01-01T00:30:00Z', '2026-12-31'],
])('in %s, %s belongs to %s', (timeZone, time, day) => {
  process.env.TZ = timeZone
  expect(dayOf(Date.parse(time))).toBe(day)
})

test('from any time to the next four in the morning, the day stays and then is the next one', () => {
  for (const timeZone of ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe']) {
    process.env.TZ = timeZone
    fc.assert(
      fc.property(fc.integer({ min: 1_750_000_000_000, max: 1_850_000_000_000 }), (time) => {
        const end = new Date(time)
        if (end.getHours() >= 4) end.setDate(end.getDate() + 1)
        end.setHours(4, 0, 0, 0)
        expect(dayOf(end.getTime() - 1)).toBe(dayOf(time))
        expect(dayOf(end.getTime())).toBe(addDays(dayOf(time), 1))
      }),
    )
  }
})

test('days are counted by the calendar', () => {
  expect(addDays('2026-02-27', 2)).toBe('2026-03-01')
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2)
  expect(daysBetween('2026-03-28', '2026-03-27')).toBe(-1)
})

test('a day reads as people say it', () => {
  const said = (day: string): string => dayInWords(day, '2026-11-29')
  expect(['2026-11-29', '2026-11-28', '2026-11-30', '2026-11-26', '2026-09-01'].map(said)).toEqual([
    'today',
    'yesterday',
    'tomorrow',
    '3 days ago',
    '1 Sept 2026',
  ])
})
