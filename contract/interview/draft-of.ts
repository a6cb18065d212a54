import type { Plan, PlanDraft, PlanItem, Prose, Question } from './plan.ts'
import { GENERIC_RUBRIC } from './score-words.ts'

/** The set that an interview was created from, to be used again or kept as a file. Lessons, tasks and bugs are read anew from the deck of then. */
export function draftOf({ title, questions, pools, shuffle }: Plan): PlanDraft {
  return { title, questions: questions.map(itemOf), pools, shuffle }
}

function itemOf(question: Question): PlanItem {
  const { slug, title, level, topics, minutes, keyPoints, playground, note, rubric } = question
  const { task, bug, snippets } = question
  const extras = {
    ...(question.pool === undefined ? {} : { pool: question.pool }),
    ...(task === null ? {} : { task: { lesson: task.lesson, id: task.id } }),
    ...(bug === null ? {} : { bug: { lesson: bug.lesson, id: bug.id } }),
    ...(snippets.length === 0 ? {} : { snippets }),
  }
  if (slug !== null) return { from: 'lesson', slug, minutes, playground, note, ...extras }
  return {
    ...{ from: 'own', title, question: question.question, level, topics, minutes, keyPoints },
    answer: textOf(question.answer),
    redFlags: question.redFlags.map(({ says }) => says),
    followUps: question.followUps.map((follow) => ({
      question: follow.question,
      answer: textOf(follow.answer),
    })),
    ...(rubric.every((sentence, score) => sentence === GENERIC_RUBRIC[score]) ? {} : { rubric }),
    ...{ playground, note, ...extras },
  }
}

/** An own question's prose is always text. */
function textOf({ format, body }: Prose): string {
  return format === 'text' ? body : ''
}
