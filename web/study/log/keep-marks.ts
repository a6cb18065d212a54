import { watch } from 'vue'
import { parseProgress, PROGRESS_KEY, useProgressStore } from '../../stores/progress.ts'
import { readStored, removeStored, writeStored } from '../../stores/stored.ts'
import { logOf, type Fact, type StudyEvent } from './event.ts'
import { areSameMarks, marksOf, unrecordedMarks, type Marks } from './marks.ts'

/** What lessons and log both said when they were last compared: what differs now was changed since, on one side or the other. */
const SHARED_KEY = 'viva:progress-in-log'
const LOCK = 'viva:study-marks'

/** The log of this browser, as marks need it. */
interface MarkedLog {
  known: () => readonly StudyEvent[]
  /** Whether it is stored, and not in memory alone. */
  isKept: () => boolean
  /** Reads what other tabs have added. */
  reload: () => Promise<void>
  /** Settles once they are stored, or known to be in memory alone. */
  add: (facts: readonly Fact[]) => Promise<void>
}

/** What the lessons of this browser show; if that was lost, and not cleared, what they showed last. */
function marksHere(): Marks {
  return parseProgress(readStored(PROGRESS_KEY) ?? readStored(SHARED_KEY))
}

function sharedMarks(): Marks {
  return parseProgress(readStored(SHARED_KEY))
}

/** Whether lessons show something that may not be in the log yet. */
export function mayLackMarks(): boolean {
  return !areSameMarks(marksHere(), sharedMarks())
}

/** Keeps what lessons show and what the log says the same from now on, whichever of them changes. */
export function keepMarks(log: MarkedLog): void {
  const progress = useProgressStore()
  let keeping = Promise.resolve()
  watch(
    [log.known, () => progress.progress],
    () => (keeping = keeping.then(() => whileNoOtherTab(() => exchange(log))).catch(() => undefined)),
    { immediate: true },
  )
}

async function exchange(log: MarkedLog): Promise<void> {
  if (!mayLackMarks() && isShown(marksOf(logOf(log.known())))) return
  await log.reload()
  const here = marksHere()
  const unrecorded = unrecordedMarks(here, sharedMarks(), logOf(log.known()))
  if (unrecorded.length > 0) await log.add(unrecorded)
  // What a lesson has marked meanwhile is recorded next, since the watcher sees it.
  if (!areSameMarks(here, marksHere())) return
  const marks = marksOf(logOf(log.known()))
  if (!isShown(marks)) show(marks)
  if (log.isKept()) writeStored(SHARED_KEY, { version: 1, ...marks })
}

function isShown(marks: Marks): boolean {
  return areSameMarks(marks, parseProgress(readStored(PROGRESS_KEY)))
}

function show(marks: Marks): void {
  writeStored(PROGRESS_KEY, { ...parseProgress(readStored(PROGRESS_KEY)), ...marks })
  useProgressStore().open()
}

/** Forgets all marks together with the log. @param clear empties the log */
export async function forgetMarks(clear: () => Promise<void>): Promise<void> {
  await whileNoOtherTab(async () => {
    await clear()
    useProgressStore().forget()
    removeStored(SHARED_KEY)
  })
}

/** Two tabs would record the same marks. Browsers have such locks on HTTPS and localhost alone; without one a mark may be recorded twice. */
async function whileNoOtherTab(work: () => Promise<void>): Promise<void> {
  const locks = (navigator as { locks?: LockManager }).locks
  await (locks === undefined ? work() : locks.request(LOCK, work))
}
