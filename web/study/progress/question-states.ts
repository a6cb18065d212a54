import type { LessonCard } from '#contract/page.ts'
import { lastAttempts, weakestFirst, type Attempt } from '../attempts.ts'
import type { StudyEvent } from '../log/event.ts'
import type { StudyCard } from '../review/cards.ts'
import type { Schedule } from '../review/schedule.ts'
import { likelihoodOf, type Likelihood } from './likelihood.ts'

/** From this level on, an answer would pass. */
export const SOLID = 3

/** How far a learner has come with a question. */
export interface QuestionState extends Likelihood {
  card: LessonCard
  /** Its lesson was opened. */
  isRead: boolean
  /** How many of its lesson's claims held. */
  proved: number
  /** How it was said last. */
  attempt: Attempt | undefined
}

/**
 * Every question, the weakest first.
 * @param held ids of the claims that held, by slug; a lesson that was read has a list
 */
export function questionStates(
  questions: readonly LessonCard[],
  held: Readonly<Record<string, readonly string[]>>,
  log: readonly StudyEvent[],
  deck: readonly StudyCard[],
  schedule: Pick<Schedule, 'cards' | 'today'>,
): QuestionState[] {
  const last = lastAttempts(log)
  return weakestFirst(questions, log).map((card) => ({
    card,
    isRead: Object.hasOwn(held, card.slug),
    proved: card.claims.filter((claim) => held[card.slug]?.includes(claim)).length,
    attempt: last.get(card.slug),
    ...likelihoodOf(
      deck.filter(({ question }) => question.slug === card.slug),
      schedule,
    ),
  }))
}
