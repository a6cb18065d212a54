/** Lines longer than this are folded (RFC 5545, section 3.1). */
const MAX_LINE_BYTES = 75

export interface CalendarEvent {
  /** Globally unique, and the same when the file is made again: a calendar then replaces the event. */
  id: string
  /** Higher each time the event has changed. */
  sequence: number
  /** Milliseconds since the Unix epoch, as all times here. */
  createdAt: number
  startsAt: number
  /** Not after the start: the event has no length. */
  endsAt: number
  summary: string
  description: string
  url: string
  /** Whether it takes up time in the calendar, as a meeting does and a deadline doesn't. */
  busy: boolean
  /** How long before the start to remind. */
  reminderMinutes: number
}

/** One event as an iCalendar file, with its times in UTC (RFC 5545). */
export function calendarFile(event: CalendarEvent): string {
  const { id, sequence, createdAt, startsAt, endsAt, summary, description, url } = event
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Viva//Interview//EN',
    'BEGIN:VEVENT',
    `UID:${id}`,
    `DTSTAMP:${utc(createdAt)}`,
    `SEQUENCE:${sequence}`,
    `DTSTART:${utc(startsAt)}`,
    ...(endsAt > startsAt ? [`DTEND:${utc(endsAt)}`] : []),
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    `LOCATION:${escaped(url)}`,
    `URL:${url}`,
    `TRANSP:${event.busy ? 'OPAQUE' : 'TRANSPARENT'}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(summary)}`,
    `TRIGGER:-PT${event.reminderMinutes}M`,
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

/** `20261129T103000Z`, in whole seconds. */
function utc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** A text value: backslash, semicolon and comma are escaped, a line break is `\n`, and control characters may not occur. */
function escaped(text: string): string {
  return (
    text
      .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
      // eslint-disable-next-line no-control-regex
      .replaceAll(/[\0-\x08\x0b-\x1f\x7f]/g, '')
      .replaceAll(/[\\;,]/g, (special) => `\\${special}`)
      .replaceAll('\n', '\\n')
  )
}

/** Continues a long line on the next one after a blank, between characters and never within one. */
function folded(line: string): string {
  const encoder = new TextEncoder()
  let bytes = 0
  let text = ''
  for (const character of line) {
    const more = encoder.encode(character).length
    if (bytes + more > MAX_LINE_BYTES) {
      text += '\r\n '
      bytes = 1
    }
    text += character
    bytes += more
  }
  return text
}
