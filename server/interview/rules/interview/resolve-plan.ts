import type { LessonQuestion, Plan, PlanDraft, PlanItem, Prose, Question } from '#contract/interview/plan.ts'
import { GENERIC_RUBRIC } from '#contract/interview/score-words.ts'

/** Lessons that a draft names and the deck doesn't have, such as those of a template from another deck. */
export function missingLessons(draft: PlanDraft, lessons: ReadonlyMap<string, LessonQuestion>): string[] {
  return draft.questions.flatMap((item) =>
    item.from === 'lesson' && !lessons.has(item.slug) ? [item.slug] : [],
  )
}

/**
 * Makes the snapshot that an interview keeps.
 * @throws RangeError when a lesson isn't there: ask `missingLessons` first
 */
export function resolvePlan(draft: PlanDraft, lessons: ReadonlyMap<string, LessonQuestion>): Plan {
  const questions = draft.questions.map((item, index) => questionOf(item, `q${index + 1}`, lessons))
  return { title: draft.title, questions, pools: draft.pools, shuffle: draft.shuffle }
}

function questionOf(item: PlanItem, key: string, lessons: ReadonlyMap<string, LessonQuestion>): Question {
  const { playground, note } = item
  const pool = item.pool === undefined ? {} : { pool: item.pool }
  if (item.from === 'lesson') {
    const lesson = lessons.get(item.slug)
    if (lesson === undefined) throw new RangeError(`no lesson "${item.slug}"`)
    return { ...lesson, minutes: item.minutes ?? lesson.minutes, key, playground, note, ...pool }
  }
  const { title, question, level, topics, minutes, keyPoints } = item
  return {
    ...pool,
    ...{ key, slug: null, title, question, level, topics, minutes, keyPoints, playground, note },
    answer: text(item.answer),
    more: null,
    redFlags: item.redFlags.map((says) => ({ says, why: text('') })),
    followUps: item.followUps.map((follow) => ({ question: follow.question, answer: text(follow.answer) })),
    rubric: item.rubric ?? GENERIC_RUBRIC,
  }
}

function text(body: string): Prose {
  return { format: 'text', body }
}
