import type { BugView } from '#contract/bug.ts'
import type { PracticeSet } from '#contract/practice.ts'
import type { StudyEvent } from '../log/event.ts'
import { taskKey, taskStates, type TaskState } from '../tasks/task-record.ts'
import { isBegun } from './bug-try.ts'

/** A bug of the deck with its key and how far the learner is with it. */
export interface BugItem {
  key: string
  set: PracticeSet
  bug: BugView
  state: TaskState
}

/** What the states of a task are called where it is a bug. */
export const BUG_STATE_WORDS: Readonly<Record<TaskState, string>> = {
  'not tried': 'not tried',
  tried: 'tried',
  'solution seen': 'solution seen',
  'passed with hints': 'fixed with hints',
  passed: 'fixed',
}

/** Every bug of a deck, in its order: the best of all tries counts, and one that goes on here counts as tried. */
export function bugItems(sets: readonly PracticeSet[], log: readonly StudyEvent[]): BugItem[] {
  const states = taskStates(log)
  return sets.flatMap((set) =>
    set.bugs.map((bug) => {
      const key = taskKey(set.slug, bug.id)
      return { key, set, bug, state: states.get(key) ?? (isBegun(key) ? 'tried' : 'not tried') }
    }),
  )
}

/** A bug's address. */
export function bugPath({ name }: Pick<PracticeSet, 'name'>, { id }: Pick<BugView, 'id'>): string {
  return `/practice/bugs/${name}/${id}`
}
