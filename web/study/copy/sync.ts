import { faultOf, otherFieldOf } from '#contract/study/check-event.ts'
import { bytesOfEvent, COPY_LIMITS } from '#contract/study/copy.ts'
import type { StudyEvent } from '#contract/study/event.ts'
import { CopyTrouble, type CopyCalls } from './copy-calls.ts'
import type { CopyPlace } from './copy-place.ts'

/** The log of this browser, as the copy needs it. */
export interface SyncedLog {
  /** Every event that it has, removals included. */
  readonly known: readonly StudyEvent[]
  /** Whether it is stored, and not in memory alone. */
  readonly isKept: boolean
  merge: (events: readonly StudyEvent[]) => Promise<unknown>
}

/** One exchange between a log and its copy. */
export interface Exchange {
  log: SyncedLog
  calls: CopyCalls
  /** Changed in place. */
  place: CopyPlace
  /** Keeps the place, after the log has what it says. */
  save: () => Promise<void>
  /** Whether this browser still keeps this copy: it may be left at any moment. */
  isWanted: () => boolean
}

/**
 * Makes a log and its copy the same. What fails in between is made up for by the next exchange: an event that is sent or read
 * twice counts once.
 * @returns how many events of the log no copy can have, because they are too long or come from a newer version
 * @throws CopyTrouble
 */
export async function exchange(given: Exchange): Promise<number> {
  startOverIfLost(given)
  await read(given)
  const { sendable, others } = unsent(given)
  let isMissingSome = false
  for (const batch of batchesOf(sendable)) {
    if (!given.isWanted()) return others
    isMissingSome = !(await send(given, batch)) || isMissingSome
  }
  // Another device was faster: what it added comes before what was sent now.
  if (isMissingSome) await read(given)
  return others
}

/** Every event of a copy. @throws CopyTrouble */
export async function eventsOf(calls: CopyCalls): Promise<StudyEvent[]> {
  const events: StudyEvent[] = []
  for (let after: string | null = null, hasMore = true; hasMore;) {
    const page = await calls.read(after)
    events.push(...page.events.map(eventFrom))
    ;({ cursor: after, hasMore } = page)
  }
  return events
}

/** What the log has and the copy doesn't. */
export function unsent({ log, place }: Pick<Exchange, 'log' | 'place'>): {
  sendable: StudyEvent[]
  others: number
} {
  const removed = removedIn(log.known)
  const missing = log.known.filter(
    ({ id, kind }) => !place.there.has(id) && (kind === 'removed' || !removed.has(id)),
  )
  const sendable = missing.filter(
    (event) => otherFieldOf(event) === null && bytesOfEvent(event) <= COPY_LIMITS.eventBytes,
  )
  return { sendable, others: missing.length - sendable.length }
}

/** A browser that lost events of its log, but not its place in the copy, reads the copy from the beginning. */
function startOverIfLost({ log, place }: Exchange): void {
  const here = new Set(log.known.map(({ id }) => id))
  const removed = removedIn(log.known)
  for (const id of place.there) {
    if (here.has(id) || removed.has(id)) continue
    place.cursor = null
    return
  }
}

async function read({ log, calls, place, save, isWanted }: Exchange): Promise<void> {
  for (let hasMore = true; hasMore;) {
    const page = await calls.read(place.cursor)
    if (!isWanted()) return
    // The server has an older state of the copy, from a backup: it gets again what it lost.
    if (page.restarted) place.there.clear()
    const events = page.events.map(eventFrom)
    await log.merge(events)
    for (const { id } of events) place.there.add(id)
    place.cursor = page.cursor
    if (log.isKept) await save()
    hasMore = page.hasMore
  }
}

/** @returns whether this browser now has everything up to what it sent */
async function send({ log, calls, place, save }: Exchange, events: readonly StudyEvent[]): Promise<boolean> {
  const { before, cursor } = await calls.add(events)
  for (const { id } of events) place.there.add(id)
  const isNext = place.cursor === before
  if (isNext) place.cursor = cursor
  if (log.isKept) await save()
  return isNext && cursor !== before
}

function eventFrom(value: unknown): StudyEvent {
  const fault = faultOf(value)
  if (fault === null) return value as StudyEvent
  throw new CopyTrouble('refused', 'Another device has a newer version of Viva. Reload this page to get it.')
}

function removedIn(events: readonly StudyEvent[]): Set<string> {
  return new Set(events.flatMap((event) => (event.kind === 'removed' ? [event.event] : [])))
}

/** Events in groups that fit into one request each. */
function* batchesOf(events: readonly StudyEvent[]): Generator<StudyEvent[]> {
  let batch: StudyEvent[] = []
  let bytes = 0
  for (const event of events) {
    const size = bytesOfEvent(event) + 1
    const isFull = batch.length === COPY_LIMITS.batchEvents || bytes + size > COPY_LIMITS.batchBytes
    if (isFull && batch.length > 0) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(event)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
