import { dateStyle } from './time.ts'

/**
 * A time for people who may live in another time zone: `Friday, 27 November 2026, 7:26 PM (GMT+5:30, Asia/Kolkata)`.
 * @param timeZone an IANA name; by default that of this browser
 */
export function zonedTime(
  time: number,
  timeZone: string = new Intl.DateTimeFormat().resolvedOptions().timeZone,
): string {
  const { locale, hourCycle } = dateStyle()
  const date = new Date(time)
  const text = date.toLocaleString(locale, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit', hourCycle, timeZone },
  })
  const offset = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' })
    .formatToParts(date)
    .find(({ type }) => type === 'timeZoneName')?.value
  return `${text} (${offset === undefined || offset === timeZone ? '' : `${offset}, `}${timeZone})`
}
