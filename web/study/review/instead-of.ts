import type { PracticeSet, QuizView, TaskView } from '#contract/practice.ts'
import { bugPath } from '../bugs/bug-states.ts'
import { taskKey, type TaskState } from '../tasks/task-record.ts'
import { slugOf, type StudyCard } from './cards.ts'

/** What to do instead of a card: a task or a bug, with its address. */
export interface Instead {
  title: string
  path: string
}

/**
 * What to do instead of a card that doesn't stick: a task of the same lesson, if possible one about the same misconception, and one that
 * wasn't passed yet; where the lesson has no tasks, one of its bugs, if possible one that wasn't fixed yet.
 * @returns undefined when the lesson has neither
 */
export function insteadOf(
  card: Pick<StudyCard, 'id' | 'quiz'>,
  sets: readonly PracticeSet[],
  states: ReadonlyMap<string, TaskState>,
): Instead | undefined {
  const slug = slugOf(card.id)
  const confusions = card.quiz ? misconceptionsOf(card.quiz.quiz) : new Set<string>()
  const openness = (id: string): number => (states.get(taskKey(slug, id))?.startsWith('passed') ? 0 : 1)
  const rank = ({ id, traps }: TaskView): number => {
    const isShared = traps.some(({ misconception }) => misconception && confusions.has(misconception))
    return (isShared ? 2 : 0) + openness(id)
  }
  const set = sets.find((one) => one.slug === slug)
  if (!set) return undefined
  const [task] = [...set.tasks].sort((a, b) => rank(b) - rank(a))
  if (task) return { title: task.title, path: `/practice/tasks?task=${taskKey(slug, task.id)}` }
  const [bug] = [...set.bugs].sort((a, b) => openness(b.id) - openness(a.id))
  return bug && { title: bug.title, path: bugPath(set, bug) }
}

function misconceptionsOf({ choices, order }: QuizView): Set<string> {
  const options = choices.flatMap((choice) => choice.options)
  return new Set([...options, ...(order?.swapped ?? [])].flatMap(({ misconception }) => misconception ?? []))
}
