import type { Lesson } from '#contract/lesson.ts'
import type { StudyQuestion } from '#contract/page.ts'
import { predictionQuizzes } from './predictions.ts'
import { GENERIC_RUBRIC } from '#contract/interview/score-words.ts'

/**
 * Takes out of a lesson what a learner practises and checks an answer with.
 * @param markdown makes HTML of the lesson's prose
 * @param handlers names of the trace steps that are path operations
 */
export function studyQuestionOf(
  lesson: Lesson,
  markdown: (source: string) => string,
  handlers: ReadonlySet<string>,
): StudyQuestion {
  const { slug, name, number, title, question, level, topics, keyPoints, rubric } = lesson
  const said = lesson.say?.sentences.map(({ text }) => text).join(' ')
  return {
    ...{ slug, name, number, title, question, level, topics, keyPoints },
    say: markdown(said ?? lesson.answer),
    rubric: rubric ?? GENERIC_RUBRIC,
    followUps: lesson.followUps.map((item) => ({
      question: item.heading,
      answer: markdown(item.markdown),
    })),
    commonMistakes: lesson.commonMistakes.map((item) => ({
      mistake: item.heading,
      explanation: markdown(item.markdown),
    })),
    predictions: predictionQuizzes(lesson, handlers, markdown),
  }
}
