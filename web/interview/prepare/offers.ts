import type { LessonOffer, PlanItem } from '#contract/interview/plan.ts'
import type { Snippet } from '#contract/interview/snippet.ts'
import type { BugChoice, BugOffer } from '#contract/interview/bug.ts'
import type { QuestionTask, TaskChoice } from '#contract/interview/task.ts'

/** The lessons that a question may take tasks, bugs and code from, its own one first. */
export function lessonsFor(item: PlanItem, lessons: readonly LessonOffer[]): LessonOffer[] {
  const isOwn = ({ slug }: LessonOffer): boolean => item.from === 'lesson' && slug === item.slug
  return [...lessons.filter(isOwn), ...lessons.filter((lesson) => !isOwn(lesson))]
}

/** The task that a question names; null for none, and for one that this deck doesn't have. */
export function taskOf(
  choice: TaskChoice | undefined,
  lessons: readonly Pick<LessonOffer, 'slug' | 'tasks'>[],
): QuestionTask | null {
  const lesson = lessons.find(({ slug }) => slug === choice?.lesson)
  return lesson?.tasks.find(({ id }) => id === choice?.id) ?? null
}

/** The same for a bug. */
export function bugOf(
  choice: BugChoice | undefined,
  lessons: readonly Pick<LessonOffer, 'slug' | 'bugs'>[],
): BugOffer | null {
  const lesson = lessons.find(({ slug }) => slug === choice?.lesson)
  return lesson?.bugs.find(({ id }) => id === choice?.id) ?? null
}

/** A question with a bug or without, instead of a task. The playground is closed: its API hasn't got the bug. */
export function withBug(item: PlanItem, bug: BugChoice | null): PlanItem {
  const { bug: _, ...rest } = item
  if (bug === null) return rest
  return { ...withTask(rest, null), bug, playground: 'closed' }
}

/** A question with a task or without, instead of a bug. A task needs an open playground. */
export function withTask(item: PlanItem, task: TaskChoice | null): PlanItem {
  const { task: _, ...others } = item
  if (task === null) return others
  const { bug: __, ...rest } = others
  return { ...rest, task, playground: item.playground === 'closed' ? 'requests' : item.playground }
}

/** A question with these snippets. */
export function withSnippets(item: PlanItem, snippets: readonly Snippet[]): PlanItem {
  const { snippets: _, ...rest } = item
  return snippets.length === 0 ? rest : { ...rest, snippets: [...snippets] }
}
