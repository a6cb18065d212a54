import type { LessonQuestion, Plan, PlanDraft, PlanItem, Prose, Question } from '#contract/interview/plan.ts'
import type { BugChoice, QuestionBug } from '#contract/interview/bug.ts'
import type { QuestionTask, TaskChoice } from '#contract/interview/task.ts'
import { GENERIC_RUBRIC } from '#contract/interview/score-words.ts'

/** Lessons that a draft names and the deck doesn't have, such as those of a template from another deck. */
export function missingLessons(draft: PlanDraft, lessons: ReadonlyMap<string, LessonQuestion>): string[] {
  return draft.questions.flatMap((item) =>
    item.from === 'lesson' && !lessons.has(item.slug) ? [item.slug] : [],
  )
}

/** Tasks that a draft names and the deck doesn't have, or that need more than a room can prepare: `lesson/task`. */
export function missingTasks(draft: PlanDraft, lessons: ReadonlyMap<string, LessonQuestion>): string[] {
  return draft.questions.flatMap(({ task }) =>
    task !== undefined && taskOf(task, lessons) === null ? [`${task.lesson}/${task.id}`] : [],
  )
}

/** The same for bugs. */
export function missingBugs(draft: PlanDraft, lessons: ReadonlyMap<string, LessonQuestion>): string[] {
  return draft.questions.flatMap(({ bug }) =>
    bug !== undefined && bugOf(bug, lessons) === null ? [`${bug.lesson}/${bug.id}`] : [],
  )
}

/**
 * Makes the snapshot that an interview keeps.
 * @throws RangeError when a lesson isn't there: ask `missingLessons` first; a task or bug that isn't there is left out
 */
export function resolvePlan(draft: PlanDraft, lessons: ReadonlyMap<string, LessonQuestion>): Plan {
  const questions = draft.questions.map((item, index) => questionOf(item, `q${index + 1}`, lessons))
  return { title: draft.title, questions, pools: draft.pools, shuffle: draft.shuffle }
}

function questionOf(item: PlanItem, key: string, lessons: ReadonlyMap<string, LessonQuestion>): Question {
  const { playground, note, snippets = [] } = item
  const task = item.task === undefined ? null : taskOf(item.task, lessons)
  const bug = item.bug === undefined ? null : bugOf(item.bug, lessons)
  const pool = item.pool === undefined ? {} : { pool: item.pool }
  if (item.from === 'lesson') {
    const lesson = lessons.get(item.slug)
    if (lesson === undefined) throw new RangeError(`no lesson "${item.slug}"`)
    const { tasks: _, bugs: __, sources: ___, deck: ____, ...asked } = lesson
    return {
      ...asked,
      minutes: item.minutes ?? lesson.minutes,
      key,
      playground,
      note,
      task,
      bug,
      snippets,
      ...pool,
    }
  }
  const { title, question, level, topics, minutes, keyPoints } = item
  return {
    ...pool,
    ...{ key, slug: null, title, question, level, topics, minutes, keyPoints, playground, note },
    ...{ task, bug, snippets },
    answer: text(item.answer),
    more: null,
    redFlags: item.redFlags.map((says) => ({ says, why: text('') })),
    followUps: item.followUps.map((follow) => ({ question: follow.question, answer: text(follow.answer) })),
    rubric: item.rubric ?? GENERIC_RUBRIC,
  }
}

function taskOf(
  { lesson, id }: TaskChoice,
  lessons: ReadonlyMap<string, LessonQuestion>,
): QuestionTask | null {
  return lessons.get(lesson)?.tasks.find((task) => task.id === id) ?? null
}

function bugOf({ lesson, id }: BugChoice, lessons: ReadonlyMap<string, LessonQuestion>): QuestionBug | null {
  return lessons.get(lesson)?.bugs.find((bug) => bug.id === id) ?? null
}

function text(body: string): Prose {
  return { format: 'text', body }
}
