import { watch } from 'vue'
import type { Fact } from '#contract/study/event.ts'
import { useProgressStore } from '../../stores/progress.ts'
import { mayLackMarks } from './keep-marks.ts'

// The door for pages that aren't part of study, such as a lesson. It is to be imported on demand, and loads the log when there is
// something to add.

async function openLog() {
  const { useStudyStore } = await import('./study-store.ts')
  const study = useStudyStore()
  await study.open()
  return study
}

/** Adds one thing that happened to the learner's log. */
export async function recordOnce(fact: Fact): Promise<void> {
  const study = await openLog()
  study.record(fact)
}

/** Adds what lessons mark to the learner's log, from now on: that they were read, what was proved, which points were ticked. */
export function recordMarks(): void {
  const progress = useProgressStore()
  watch(
    () => progress.progress,
    // Without a network its code may not load; then the next mark brings it.
    () => mayLackMarks() && void openLog().catch(() => undefined),
    { immediate: true },
  )
}
