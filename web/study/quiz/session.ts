import type { Misconception, PracticeSet } from '#contract/practice.ts'
import type { Answered } from './quiz-answer.ts'
import type { QuizItem } from './quiz-items.ts'

/** A round of quizzes. Those answered wrong are asked once more at its end. */
export interface Session {
  /** What was drawn, then what comes once more. */
  queue: readonly QuizItem[]
  /** How many were drawn. */
  drawn: number
  /** Answers so far, in the order of the queue. */
  answers: readonly Answered[]
}

export function newSession(items: readonly QuizItem[]): Session {
  return { queue: items, drawn: items.length, answers: [] }
}

/** The session after its current quiz was answered. */
export function answered(session: Session, answer: Answered): Session {
  const { queue, drawn, answers } = session
  const item = queue[answers.length]
  const comesAgain = item !== undefined && !answer.isRight && answers.length < drawn
  return { drawn, queue: comesAgain ? [...queue, item] : queue, answers: [...answers, answer] }
}

/** How a session went: the first answer to each quiz counts. */
export function resultOf(session: Session, sets: readonly PracticeSet[]) {
  const first = session.answers.slice(0, session.drawn)
  const met = new Set(session.answers.flatMap(({ misconceptions }) => misconceptions))
  const known = new Map(
    sets.flatMap(({ misconceptions }) => misconceptions).map((one): [string, Misconception] => [one.id, one]),
  )
  return {
    right: first.filter(({ isRight }) => isRight).length,
    of: first.length,
    met: [...met].flatMap((id) => known.get(id) ?? []),
  }
}
