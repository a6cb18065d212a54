import type { Lesson } from '../lesson.ts'
import type { Plan, PlanDraft, PlanItem, Prose, Question } from './plan.ts'
import { GENERIC_RUBRIC } from './rubric.ts'

/** What a lesson gives to an interview, before it has a place in a plan. */
export type LessonQuestion = Omit<Question, 'key' | 'playground' | 'note'> & { slug: string }

/**
 * Takes out of a lesson what an interview asks and judges with.
 * @param markdown makes HTML of the lesson's prose
 */
export function lessonQuestionOf(lesson: Lesson, markdown: (source: string) => string): LessonQuestion {
  const html = (source: string): Prose => ({ format: 'html', body: markdown(source) })
  return {
    slug: lesson.slug,
    title: lesson.title,
    question: lesson.question,
    level: lesson.level,
    topics: lesson.topics,
    minutes: lesson.minutes,
    answer: html(lesson.answer),
    keyPoints: lesson.keyPoints,
    followUps: lesson.followUps.map(({ heading, markdown: source }) => ({
      question: heading,
      answer: html(source),
    })),
    rubric: lesson.rubric ?? GENERIC_RUBRIC,
  }
}

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
  return { title: draft.title, questions }
}

function questionOf(item: PlanItem, key: string, lessons: ReadonlyMap<string, LessonQuestion>): Question {
  const { playground, note } = item
  if (item.from === 'lesson') {
    const lesson = lessons.get(item.slug)
    if (lesson === undefined) throw new RangeError(`no lesson "${item.slug}"`)
    return { ...lesson, minutes: item.minutes ?? lesson.minutes, key, playground, note }
  }
  const { title, question, level, topics, minutes, keyPoints } = item
  return {
    ...{ key, slug: null, title, question, level, topics, minutes, keyPoints, playground, note },
    answer: text(item.answer),
    followUps: item.followUps.map((follow) => ({ question: follow.question, answer: text(follow.answer) })),
    rubric: item.rubric ?? GENERIC_RUBRIC,
  }
}

function text(body: string): Prose {
  return { format: 'text', body }
}
