import { z } from 'zod'
import { faultOf, otherFieldOf } from './check-event.ts'
import type { StudyEvent } from './event.ts'

/** How large a copy of a study log can get. Beyond that the server refuses with a sentence; nothing is cut silently. */
export const COPY_LIMITS = {
  /** Events of a copy. The last ones are reserved for marks of removals, so that a full copy can still be tidied. */
  events: 50_000,
  reservedEvents: 2_000,
  /** Bytes of all events as JSON: about three years of daily practice. */
  bytes: 16 * 2 ** 20,
  /** Bytes of one event as JSON. */
  eventBytes: 32_768,
  /** Events and bytes of one request. A stream keeps its 200 newest events in memory; the body has to fit into 64 KB. */
  batchEvents: 150,
  batchBytes: 60_000,
  /** Bytes of events in one response, unless a single event has more. */
  pageBytes: 2 ** 20,
} as const

/** What the server says when a key opens nothing: the copy was deleted, or never made. */
export const COPY_NOT_FOUND = 'Study copy not found'

/** Bytes that an event takes in a copy. */
export function bytesOfEvent(event: object): number {
  return new TextEncoder().encode(JSON.stringify(event)).length
}

/** A place in a copy: the number of its last entry that the reader has, and when that entry was stored. */
const Cursor = z.string().regex(/^\d{1,9}\.\d{1,16}$/, 'must be a cursor that this server sent')

/** An event that this server can keep whole. One of a newer kind is refused, never dropped. */
const SentEvent = z.unknown().transform((value, context): StudyEvent => {
  const fault = faultIn(value)
  if (fault === null) return value as StudyEvent
  context.addIssue({ code: 'custom', message: fault })
  return z.NEVER
})

/** The body of `POST /api/study/copy/events`. */
export const SentEvents = z.strictObject({
  events: z.array(SentEvent).min(1).max(COPY_LIMITS.batchEvents),
})

/** The query of `GET /api/study/copy/events`; without `after`, everything is read. */
export const EventsQuery = z.object({ after: Cursor.optional() })

/** A new copy, or one that is there already. */
export const CopyMade = z.object({ keptUntil: z.int() })

/** Events of a copy in the order in which they arrived. */
export const CopyEvents = z.object({
  /** Unchecked: a newer version may have written some of them. */
  events: z.array(z.unknown()),
  /** Continue from here. */
  cursor: Cursor,
  /** Whether there are more events now. */
  hasMore: z.boolean(),
  /** The cursor wasn't one of this copy as it is now, so these are its events from the first one on. */
  restarted: z.boolean(),
})
export type CopyEvents = z.infer<typeof CopyEvents>

/** What was added to a copy. Who was at `before` has everything up to `cursor`. */
export const CopyChanged = z.object({ before: Cursor, cursor: Cursor })
export type CopyChanged = z.infer<typeof CopyChanged>

function faultIn(value: unknown): string | null {
  const fault = faultOf(value)
  if (fault !== null) return `${fault}. If this page is newer than the server, the server needs an update`
  const event = value as StudyEvent
  const field = otherFieldOf(event)
  if (field !== null) return `“${field.slice(0, 60)}” is not a field of this kind of event`
  const bytes = bytesOfEvent(event)
  return bytes > COPY_LIMITS.eventBytes
    ? `it has ${bytes} bytes as JSON; at most ${COPY_LIMITS.eventBytes} are kept`
    : null
}
