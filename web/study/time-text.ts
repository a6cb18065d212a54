/** A length of time as `m:ss`. Less than none counts as none. */
export function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** A length of time in words, for text: `42 seconds`, `2 min 5 s`. */
export function secondsInWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

/** A date with its time, such as `29 Nov 2026, 14:05`. @param time milliseconds since 1970 */
export function timeInWords(time: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(time)
}

/** How much there is to review, such as `12 due, 5 new, 9 minutes`. Without new cards, they aren't mentioned. */
export function dueInWords(due: number, fresh: number, minutes: number): string {
  const cards = [due > 0 || fresh === 0 ? `${due} due` : '', fresh > 0 ? `${fresh} new` : '']
  return [...cards.filter(Boolean), minutes === 1 ? '1 minute' : `${minutes} minutes`].join(', ')
}

/** How long ago something was: just now, 2 minutes ago, yesterday. */
export function agoInWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000)
  if (minutes < 1) return 'just now'
  const text = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  if (minutes < 60) return text.format(-minutes, 'minute')
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? text.format(-hours, 'hour') : text.format(-Math.floor(hours / 24), 'day')
}
