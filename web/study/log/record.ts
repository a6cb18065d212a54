import type { Fact } from '#contract/study/event.ts'
import { useStudyStore } from './study-store.ts'

/**
 * The door for pages that aren't part of study, such as a lesson: it adds one thing that happened to the learner's log. To be imported
 * on demand, as the log's code is no part of those pages.
 */
export async function recordOnce(fact: Fact): Promise<void> {
  const study = useStudyStore()
  await study.open()
  study.record(fact)
}
