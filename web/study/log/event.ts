import type { EventOf, Fact, StudyEvent } from '#contract/study/event.ts'

export { LOG_VERSION, versionOf } from '#contract/study/event.ts'
export type { Attempted, EventOf, Fact, Stamp, StudyEvent } from '#contract/study/event.ts'

/**
 * The log that is left of events in any order: each once, without removed ones, by time. Equal sets of events give equal logs. A mark
 * of a removal can't be removed itself: what it hides would come back in some browsers and not in others.
 */
export function logOf(events: readonly StudyEvent[]): readonly StudyEvent[] {
  if (isLog(events)) return events
  const byId = new Map([...events].map((event) => [event.id, event]))
  for (const event of [...byId.values()]) {
    if (event.kind === 'removed' && byId.get(event.event)?.kind !== 'removed') byId.delete(event.event)
  }
  return byTime([...byId.values()])
}

/** Whether events are a log already, as they are after each new one. */
function isLog(events: readonly StudyEvent[]): boolean {
  const removed = new Set<string>()
  let before: StudyEvent | undefined
  for (const event of events) {
    if (before !== undefined && !isBefore(before, event)) return false
    if (event.kind === 'removed') removed.add(event.event)
    before = event
  }
  return removed.size === 0 || !events.some(({ id }) => removed.has(id))
}

function isBefore(a: StudyEvent, b: StudyEvent): boolean {
  return a.time < b.time || (a.time === b.time && a.id < b.id)
}

/** Sorts events in place, as a log has them. */
export function byTime(events: StudyEvent[]): StudyEvent[] {
  return events.sort((a, b) => (isBefore(a, b) ? -1 : 1))
}

/** The events of one kind, in the order of the log. */
export function eventsOf<K extends Fact['kind']>(log: readonly StudyEvent[], kind: K): EventOf<K>[] {
  return log.filter((event): event is EventOf<K> => event.kind === kind)
}
