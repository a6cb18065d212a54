import type { Lesson } from '#contract/lesson.ts'
import type { LessonQuestion, Prose } from '#contract/interview/plan.ts'
import { GENERIC_RUBRIC } from '#contract/interview/score-words.ts'

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
