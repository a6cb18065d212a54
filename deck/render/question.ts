import type { Lesson } from '#contract/lesson.ts'
import type { LessonQuestion, Prose } from '#contract/interview/plan.ts'
import { GENERIC_RUBRIC } from '#contract/interview/score-words.ts'

/**
 * Takes out of a lesson what an interview asks and judges with.
 * @param markdown makes HTML of the lesson's prose
 * @param offers the tasks, the bugs and the code that a question may carry
 */
export function lessonQuestionOf(
  lesson: Lesson,
  markdown: (source: string) => string,
  offers: Pick<LessonQuestion, 'tasks' | 'bugs' | 'sources'>,
): LessonQuestion {
  const html = (source: string): Prose => ({ format: 'html', body: markdown(source) })
  return {
    slug: lesson.slug,
    title: lesson.title,
    question: lesson.question,
    level: lesson.level,
    topics: lesson.topics,
    minutes: lesson.minutes,
    // The original answer is what people usually say; an interviewer needs the one that would get a 4.
    answer: html(lesson.say?.sentences.map(({ text }) => text).join(' ') ?? lesson.answer),
    more: lesson.say?.more.length ? html(lesson.say.more.map((item) => `- ${item}`).join('\n')) : null,
    keyPoints: lesson.keyPoints,
    redFlags: lesson.commonMistakes.map(({ heading, markdown: source }) => ({
      says: heading,
      why: html(source),
    })),
    followUps: lesson.followUps.map(({ heading, markdown: source }) => ({
      question: heading,
      answer: html(source),
    })),
    rubric: lesson.rubric ?? GENERIC_RUBRIC,
    ...offers,
  }
}
