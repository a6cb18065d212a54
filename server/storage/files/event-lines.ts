import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { Json, NumberedEvent } from '../event-log.ts'

const Line = z.strictObject({
  first: z.int().min(1),
  at: z.iso.datetime(),
  sum: z.string(),
  data: z.array(z.json()).min(1),
})

/** One append as it is stored in a stream's file: a line of JSON with a checksum over its content. */
export interface EventLine {
  /** Number of its first event. */
  first: number
  at: string
  data: readonly Json[]
}

/** The contents of a stream's file. */
export interface DecodedLines {
  events: NumberedEvent[]
  /** Length of the complete lines in bytes. Anything after them was being written when the power or the process failed. */
  whole: number
  /** The last line lacks only its newline. */
  unended: boolean
}

/** One append as a line with a checksum. */
export function encodeLine({ first, at, data }: EventLine): string {
  const text = JSON.stringify(data)
  const sum = createHash('sha256').update(`${first}\n${at}\n${text}`).digest('hex').slice(0, 16)
  return `{"first":${first},"at":"${at}","sum":"${sum}","data":${text}}\n`
}

/** Events in order as lines: those that were appended at one moment share a line. */
export function encodeEvents(events: readonly NumberedEvent[]): string {
  const lines: { first: number; at: string; data: Json[] }[] = []
  for (const { number, at, data } of events) {
    const last = lines.at(-1)
    if (last?.at === at) last.data.push(data)
    else lines.push({ first: number, at, data: [data] })
  }
  return lines.map(encodeLine).join('')
}

/**
 * Reads what `encodeLine` wrote. A truncated last line is left out: it was never acknowledged.
 * @throws {Error} whose message says what is wrong, and never repeats what the file holds
 */
export function decodeLines(bytes: Buffer): DecodedLines {
  const { fault, ...lines } = soundLines(bytes)
  if (fault !== undefined) throw new Error(fault)
  return lines
}

/**
 * The same for a file that may be damaged. With `fault`, it returns only what comes before the damage: later events may depend on lost ones.
 * @param after number of the event before the first line
 */
export function soundLines(bytes: Buffer, after = 0): DecodedLines & { fault?: string } {
  const events: NumberedEvent[] = []
  let start = 0
  while (start < bytes.length) {
    const { line, end } = nextLine(bytes, start, after + events.length + 1)
    const read = lineOf(line, after + events.length + 1)
    if (read === null) {
      const sound = { events, whole: start, unended: false }
      if (wasCut(bytes.subarray(start))) return sound
      return { ...sound, fault: `the line that starts at byte ${start} was changed after it was written` }
    }
    for (const [index, data] of read.data.entries()) {
      events.push({ number: read.first + index, at: read.at, data })
    }
    if (end === undefined) return { events, whole: start + line.length, unended: true }
    start = end
  }
  return { events, whole: start, unended: false }
}

/** @returns the line that starts here, and where the next one would; a last line may lack its newline, or have a damaged one */
function nextLine(bytes: Buffer, start: number, expected: number): { line: Buffer; end?: number } {
  const newline = bytes.indexOf(10, start)
  if (newline >= 0) return { line: bytes.subarray(start, newline), end: newline + 1 }
  const rest = bytes.subarray(start)
  const shorter = rest.subarray(0, -1)
  return { line: lineOf(shorter, expected) === null ? rest : shorter }
}

function lineOf(bytes: Buffer, expected: number): EventLine | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const line = Line.parse(JSON.parse(text))
    return line.first === expected && encodeLine(line) === `${text}\n` ? line : null
  } catch {
    return null
  }
}

/** A line without a newline was truncated; and a page that never reached the disk reads as zeros, which no line contains. */
function wasCut(rest: Buffer): boolean {
  return rest.at(-1) !== 10 || rest.includes(Buffer.alloc(64))
}
