import type { PracticeSet, QuizView, TaskView } from '#contract/practice.ts'
import { taskKey, type TaskState } from '../tasks/task-record.ts'
import { slugOf, type StudyCard } from './cards.ts'

/**
 * The task to do instead of a card that doesn't stick: of the same lesson, if possible one about the same misconception, and one that
 * wasn't passed yet.
 * @returns undefined when the lesson has no tasks
 */
export function taskFor(
  card: Pick<StudyCard, 'id' | 'quiz'>,
  sets: readonly PracticeSet[],
  states: ReadonlyMap<string, TaskState>,
): { slug: string; task: TaskView } | undefined {
  const slug = slugOf(card.id)
  const confusions = card.quiz ? misconceptionsOf(card.quiz.quiz) : new Set<string>()
  const rank = (task: TaskView): number => {
    const isShared = task.traps.some(({ misconception }) => misconception && confusions.has(misconception))
    const isOpen = !states.get(taskKey(slug, task.id))?.startsWith('passed')
    return (isShared ? 2 : 0) + (isOpen ? 1 : 0)
  }
  const tasks = sets.find((set) => set.slug === slug)?.tasks ?? []
  const [task] = [...tasks].sort((a, b) => rank(b) - rank(a))
  return task && { slug, task }
}

function misconceptionsOf({ choices, order }: QuizView): Set<string> {
  const options = choices.flatMap((choice) => choice.options)
  return new Set([...options, ...(order?.swapped ?? [])].flatMap(({ misconception }) => misconception ?? []))
}
