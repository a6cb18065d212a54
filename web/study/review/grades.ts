import { eventsOf, type EventOf, type StudyEvent } from '../log/event.ts'
import { cardId } from './cards.ts'
import { GRADES, type Grade } from './memory.ts'

/**
 * What an event says about cards. An attempt's level grades the question, a point that was named is good, one that was missed comes
 * again. A quiz that was answered right is good, unless it was graded otherwise. A prediction is good or comes again.
 */
export function gradesOf(event: StudyEvent): (readonly [card: string, grade: Grade])[] {
  if (event.kind === 'review') return [[event.card, event.grade as Grade]]
  if (event.kind === 'quiz') {
    const grade = event.grade ?? (event.isRight ? GRADES.good : GRADES.again)
    return [[cardId('quiz', event.slug, event.quiz), grade as Grade]]
  }
  if (event.kind === 'prediction')
    return [[predictionId(event), event.chosen === event.actual ? GRADES.good : GRADES.again]]
  if (event.kind !== 'attempt') return []
  const { slug, level, named, missed } = event
  const ofLevel = [GRADES.again, GRADES.again, GRADES.hard, GRADES.good, GRADES.easy] as const
  return [
    [cardId('say', slug), ofLevel[level] ?? GRADES.again],
    ...named.map((point) => [cardId('point', slug, point), GRADES.good] as const),
    ...missed.map((point) => [cardId('point', slug, point), GRADES.again] as const),
  ]
}

/** The card of a prediction. */
export function predictionId({ slug, step, ask }: EventOf<'prediction'>): string {
  return cardId('predict', slug, `${step}:${ask}`)
}

/** Ids of the predictions that were wrong at least once: they are cards. */
export function missedPredictions(log: readonly StudyEvent[]): Set<string> {
  const wrong = eventsOf(log, 'prediction').filter(({ chosen, actual }) => chosen !== actual)
  return new Set(wrong.map(predictionId))
}

/** The card that an event graded in the review itself, or null. */
export function reviewedIn(event: StudyEvent): string | null {
  if (event.kind === 'review') return event.card
  if (event.kind !== 'quiz' || event.grade === undefined) return null
  return cardId('quiz', event.slug, event.quiz)
}
