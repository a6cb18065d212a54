import type { Day } from '#contract/study/event.ts'

/** Before this hour, a night of studying still belongs to the day before. */
const DAY_STARTS_AT_HOUR = 4
const DAY_MS = 86_400_000

export type { Day }

/**
 * The day of study that a time belongs to, by this browser's clock and time zone. It starts at four in the morning.
 * @param time milliseconds since 1970
 */
export function dayOf(time: number): Day {
  const moment = new Date(time)
  // By the clock on the wall: on the day on which clocks change, four hours earlier would be another hour.
  if (moment.getHours() < DAY_STARTS_AT_HOUR) moment.setDate(moment.getDate() - 1)
  return written(moment)
}

function written(moment: Date): Day {
  const parts = [moment.getFullYear(), moment.getMonth() + 1, moment.getDate()]
  return parts.map((part) => String(part).padStart(2, '0')).join('-')
}

/** @param count may be negative */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10)
}

/** The days from one to another; negative when the other is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS)
}

/** A day as people say it, seen from another one: today, yesterday, 3 days ago, in 2 days, 4 Mar 2026. */
export function dayInWords(day: Day, today: Day): string {
  const days = daysBetween(today, day)
  if (days === 0) return 'today'
  if (Math.abs(days) > 30) {
    const date = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const
    return new Intl.DateTimeFormat('en-GB', date).format(Date.parse(day))
  }
  return new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(days, 'day')
}
