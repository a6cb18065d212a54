import { z } from 'zod'
import { bytesOfEvent, COPY_LIMITS } from '#contract/study/copy.ts'
import type { StudyEvent } from '#contract/study/event.ts'
import type { Json, NumberedEvent } from '../storage/event-log.ts'
import { readEvent } from '../storage/read-event.ts'

/** What a copy's stream holds: how long it is kept, and events. An erased event is null. */
export const Entry = z.union([
  // A newer version may have written kinds that this one doesn't know.
  z.object({ event: z.looseObject({ id: z.string(), kind: z.string(), event: z.unknown().optional() }) }),
  z.object({ keptUntil: z.int() }),
])

/** Where an event of a copy is, and what it takes. */
interface Place {
  number: number
  bytes: number
}

/** What a copy amounts to, without the events' content. */
export interface CopyState {
  /** Number and time of its newest entry. */
  number: number
  at: string
  /** Milliseconds since 1970. */
  keptUntil: number
  /** The events that it has, by id. */
  places: Map<string, Place>
  /** Bytes of all of them. */
  bytes: number
  /** Ids of removals. They can't be removed themselves. */
  marks: Set<string>
  /** Ids of events that were removed; some may never have been here. */
  removed: Set<string>
  /** Numbers of removed events whose content is still stored. */
  toErase: Set<number>
}

/** A place in a copy: the number of an entry, and when it was stored, in milliseconds since 1970. */
export interface CopyCursor {
  number: number
  at: number
}

export function cursorAt({ number, at }: { number: number; at: string }): CopyCursor {
  return { number, at: Date.parse(at) }
}

/** Whether an entry is the one that a cursor points to, and not one of another copy with the same number. */
export function isAt(entry: NumberedEvent, cursor: CopyCursor): boolean {
  return entry.number === cursor.number && Date.parse(entry.at) === cursor.at
}

/** A copy without entries. */
export function emptyState(): CopyState {
  return {
    ...{ number: 0, at: '', keptUntil: 0, bytes: 0 },
    ...{ places: new Map(), marks: new Set(), removed: new Set(), toErase: new Set() },
  }
}

/** Adds an entry of the stream to a state, in place; one that it already has changes nothing. */
export function fold(state: CopyState, { number, at, data }: NumberedEvent): void {
  if (number !== state.number + 1) return
  state.number = number
  state.at = at
  if (data === null) return
  const entry = readEvent(Entry, data)
  if ('keptUntil' in entry) {
    state.keptUntil = Math.max(state.keptUntil, entry.keptUntil)
    return
  }
  const { id, kind, event: target } = entry.event
  const bytes = Buffer.byteLength(JSON.stringify(entry.event))
  state.places.set(id, { number, bytes })
  state.bytes += bytes
  if (kind !== 'removed') {
    if (state.removed.has(id)) drop(state, id)
    return
  }
  state.marks.add(id)
  if (typeof target !== 'string') return
  state.removed.add(target)
  drop(state, target)
}

/** An entry for the stream. */
export function entryOf(entry: { keptUntil: number } | { event: StudyEvent }): Json {
  return entry as unknown as Json
}

/** The events of a stream's entries, without those that were removed. */
export function eventsIn(entries: readonly NumberedEvent[], state: CopyState): unknown[] {
  return entries.flatMap(({ data }) => {
    if (data === null || typeof data !== 'object' || !('event' in data)) return []
    const { event } = data as { event: { id: string } }
    return state.removed.has(event.id) && !state.marks.has(event.id) ? [] : [event]
  })
}

/** What of these events a copy doesn't have yet: each once, and none that was removed. */
export function newEventsOf(events: readonly StudyEvent[], state: CopyState): StudyEvent[] {
  const removed = new Set(events.flatMap((event) => (event.kind === 'removed' ? [event.event] : [])))
  const isRemoved = (id: string): boolean => removed.has(id) || state.removed.has(id)
  const fresh = new Map<string, StudyEvent>()
  for (const event of events) {
    if (fresh.has(event.id) || state.places.has(event.id)) continue
    if (event.kind === 'removed' || !isRemoved(event.id)) fresh.set(event.id, event)
  }
  return [...fresh.values()]
}

/** Why a copy has no room for these new events; null when it has. */
export function whyFull(fresh: readonly StudyEvent[], state: CopyState): string | null {
  const bytes = fresh.reduce((sum, event) => sum + bytesOfEvent(event), state.bytes)
  const onlyMarks = fresh.every(({ kind }) => kind === 'removed')
  const most = onlyMarks ? COPY_LIMITS.events : COPY_LIMITS.events - COPY_LIMITS.reservedEvents
  if (state.places.size + fresh.length > most) return `a copy holds at most ${most} entries`
  if (bytes > COPY_LIMITS.bytes && !onlyMarks) return `a copy holds at most ${COPY_LIMITS.bytes / 2 ** 20} MB`
  return null
}

function drop(state: CopyState, id: string): void {
  const place = state.places.get(id)
  if (place === undefined || state.marks.has(id)) return
  state.places.delete(id)
  state.bytes -= place.bytes
  state.toErase.add(place.number)
}
