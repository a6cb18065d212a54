// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { calendarFile, type CalendarEvent } from './calendar.ts'

interface Component {
  name: string
  properties: Map<string, string>
  parts: Component[]
}

/** Reads a file byte by byte as RFC 5545 describes it, and throws at the first thing that it doesn't allow. */
function parse(file: string): Component {
  const bytes = Buffer.from(file)
  const lines: Buffer[] = []
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf('\r\n', start)
    if (end < 0) throw new Error('the last line has no end')
    const line = bytes.subarray(start, end)
    if (line.length > 75) throw new Error(`a line of ${line.length} octets`)
    if (line.includes(10) || line.includes(13)) throw new Error('a line break that is not CRLF')
    // Each line must be UTF-8 by itself: a calendar may read them one by one.
    new TextDecoder('utf-8', { fatal: true }).decode(line)
    const last = lines.at(-1)
    if (line[0] === 32 && last) lines[lines.length - 1] = Buffer.concat([last, line.subarray(1)])
    else lines.push(line)
    start = end + 2
  }
  const open: Component[] = [{ name: '', properties: new Map(), parts: [] }]
  for (const line of lines) {
    const [, name, value] = /^([A-Z-]+):(.*)$/su.exec(line.toString()) ?? []
    const current = open.at(-1)
    if (name === undefined || value === undefined || !current) throw new Error(`no property: ${line}`)
    // eslint-disable-next-line no-control-regex
    if (/[\0-\x08\x0a-\x1f\x7f]/.test(value)) throw new Error('a control character')
    if (name === 'BEGIN') {
      const part = { name: value, properties: new Map<string, string>(), parts: [] }
      current.parts.push(part)
      open.push(part)
    } else if (name === 'END') {
      if (open.pop()?.name !== value) throw new Error(`${value} ends before it begins`)
    } else {
      if (current.properties.has(name)) throw new Error(`${name} twice`)
      current.properties.set(name, value)
    }
  }
  const [calendar, ...more] = open[0]?.parts ?? []
  if (!calendar || more.length > 0 || open.length !== 1) throw new Error('not one calendar')
  return calendar
}

/** A TEXT value without its escapes; throws where something is not escaped that has to be. */
function textOf(value: string | undefined): string {
  if (value === undefined || !/^(?:[^\\;,]|\\[\\;,nN])*$/su.test(value)) throw new Error(`no text: ${value}`)
  return value.replaceAll(/\\(.)/g, (_, one: string) => (one.toLowerCase() === 'n' ? '\n' : one))
}

function timeOf(value: string | undefined): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value ?? '') ?? []
  const [year = NaN, month = NaN, ...rest] = parts.map(Number)
  return Date.UTC(year, month - 1, ...(rest as [number]))
}

const second = fc
  .integer({ min: Date.UTC(2026, 0), max: Date.UTC(2040, 0) })
  .map((time) => time - (time % 1000))
const prose = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom(
        'Zoë Müller, née Groß',
        'ليلى',
        'प्रिया',
        'a;b\\c,d',
        '\\n',
        '\n',
        '\r\n',
        '🦊'.repeat(20),
        ':',
        ' ',
      ),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''))
const event: fc.Arbitrary<CalendarEvent> = fc.record({
  id: fc.uuid(),
  sequence: fc.nat(),
  createdAt: second,
  startsAt: second,
  endsAt: second,
  summary: prose,
  description: prose,
  url: fc.webUrl(),
  busy: fc.boolean(),
  reminderMinutes: fc.integer({ min: 1, max: 10_000 }),
})

/** What a text value can hold: line breaks of one kind, and no control characters. */
function holdable(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text.replaceAll(/\r\n?|[\u2028\u2029]/g, '\n').replaceAll(/[\0-\x08\x0b-\x1f\x7f]/g, '')
}

test('whatever names and texts it holds, a calendar reads the same event from the file', () => {
  fc.assert(
    fc.property(event, (given) => {
      const calendar = parse(calendarFile(given))
      expect([calendar.name, calendar.properties.get('VERSION')]).toEqual(['VCALENDAR', '2.0'])
      expect(calendar.properties.get('PRODID')).toBeTruthy()
      expect(calendar.parts.map(({ name }) => name)).toEqual(['VEVENT'])
      const { properties, parts } = calendar.parts[0] as Component
      expect(properties.get('UID')).toBe(given.id)
      expect(Number(properties.get('SEQUENCE'))).toBe(given.sequence)
      expect(timeOf(properties.get('DTSTAMP'))).toBe(given.createdAt)
      expect(timeOf(properties.get('DTSTART'))).toBe(given.startsAt)
      // An end must be later than the start, or be left out.
      const end = properties.get('DTEND')
      expect(end === undefined ? null : timeOf(end)).toBe(given.endsAt > given.startsAt ? given.endsAt : null)
      expect(textOf(properties.get('SUMMARY'))).toBe(holdable(given.summary))
      expect(textOf(properties.get('DESCRIPTION'))).toBe(holdable(given.description))
      expect(textOf(properties.get('LOCATION'))).toBe(given.url)
      expect(properties.get('URL')).toBe(given.url)
      expect(parts.map(({ name }) => name)).toEqual(['VALARM'])
      expect(parts[0]?.properties.get('TRIGGER')).toBe(`-PT${given.reminderMinutes}M`)
      expect(parts[0]?.properties.get('ACTION')).toBe('DISPLAY')
      expect(textOf(parts[0]?.properties.get('DESCRIPTION'))).toBe(holdable(given.summary))
    }),
    { numRuns: 300 },
  )
})
