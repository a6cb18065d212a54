import type { StudyEvent } from '#contract/study/event.ts'
import { isEvent } from '#contract/study/check-event.ts'
import { readStored, removeStored, storedKeys, storeIfPossible } from '../../stores/stored.ts'

// A browser gives up a write to IndexedDB when its page is left before the transaction has ended, so a grade would be lost that a
// learner had seen counted. localStorage takes it at once. Each event has a key of its own: tabs can't overwrite each other's.

const PREFIX = 'viva:study-unsaved:'

/** Notes an event until it is in the database; where the browser refuses, nothing is noted. */
export function noteEvent(event: StudyEvent): void {
  storeIfPossible(PREFIX + event.id, event)
}

/** Events that were noted and perhaps never reached the database: this tab's, those of other tabs, and of pages that were left. */
export function notedEvents(): StudyEvent[] {
  return storedKeys(PREFIX)
    .map((key) => readStored(key))
    .filter(isEvent)
}

/** To be called once the events are in the database. */
export function dropNoted(ids: Iterable<string>): void {
  for (const id of ids) removeStored(PREFIX + id)
}

/** To be called when the whole log is deleted. */
export function dropAllNoted(): void {
  for (const key of storedKeys(PREFIX)) removeStored(key)
}
