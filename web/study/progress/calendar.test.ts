// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, daysBetween } from '../day.ts'
import { attemptAt, eventAt } from '../testing/generated-log.ts'
import { calendarOf } from './calendar.ts'

const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('1990-01-01', days))

test('the calendar has every day of its weeks once, the last of them today, each week from Monday', () => {
  fc.assert(
    fc.property(day, fc.integer({ min: 1, max: 20 }), (today, weeks) => {
      const calendar = calendarOf([], today, weeks)
      expect(calendar).toHaveLength(weeks)
      const days = calendar.flat().map((each) => each.day)
      expect(days.at(-1)).toBe(today)
      expect(days).toEqual(days.map((_, index) => addDays(days[0] ?? '', index)))
      expect(calendar.map(([first]) => new Date(first?.day ?? '').getUTCDay())).toEqual(
        Array.from({ length: weeks }, () => 1),
      )
      expect(daysBetween(days[0] ?? '', today)).toBeLessThan(weeks * 7)
    }),
  )
})

test('whatever is answered counts on the day that its event carries; settings and removals don’t', () => {
  const noon = Date.parse('2026-11-29T12:00:00Z')
  const log = [
    attemptAt(noon, '01-one', 2),
    eventAt(noon, { kind: 'review', card: 'say:01-one', grade: 3 }),
    eventAt(noon, { kind: 'quiz', slug: '01-one', quiz: 'a', isRight: true, misconceptions: [] }),
    eventAt(noon, { kind: 'bury', card: 'say:01-one' }),
    eventAt(noon, { kind: 'settings', newPerDay: 1, reviewsPerDay: 1, interview: null }),
    { ...attemptAt(noon, '01-one', 2), day: '2026-11-27' },
    { ...attemptAt(noon, '01-one', 2), day: '2025-11-27' },
  ]
  const answered = calendarOf(log, '2026-11-29')
    .flat()
    .filter(({ answers }) => answers > 0)
  expect(answered).toEqual([
    { day: '2026-11-27', answers: 1 },
    { day: '2026-11-29', answers: 3 },
  ])
})
