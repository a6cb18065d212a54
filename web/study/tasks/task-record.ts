import { eventsOf, type EventOf, type StudyEvent } from '../log/event.ts'

/** How far a learner is with a task: the best of their tries counts. */
export type TaskState = 'not tried' | 'tried' | 'solution seen' | 'passed with hints' | 'passed'

const ORDER: readonly TaskState[] = ['not tried', 'tried', 'solution seen', 'passed with hints', 'passed']

/** Names a task in addresses and in the log. */
export function taskKey(slug: string, id: string): string {
  return `${slug}/${id}`
}

/** The state of every task that was tried, by its key. */
export function taskStates(log: readonly StudyEvent[]): Map<string, TaskState> {
  const states = new Map<string, TaskState>()
  for (const event of eventsOf(log, 'task')) {
    const key = taskKey(event.slug, event.task)
    const [before, after] = [states.get(key) ?? 'not tried', stateAfter(event)]
    states.set(key, ORDER.indexOf(after) > ORDER.indexOf(before) ? after : before)
  }
  return states
}

/** What a single try came to. */
export function stateAfter({
  isPassed,
  hints,
  sawSolution,
}: Pick<EventOf<'task'>, 'isPassed' | 'hints' | 'sawSolution'>): TaskState {
  if (sawSolution) return 'solution seen'
  if (!isPassed) return 'tried'
  return hints > 0 ? 'passed with hints' : 'passed'
}
