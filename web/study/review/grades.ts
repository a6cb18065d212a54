import { eventsOf, type EventOf, type StudyEvent } from '../log/event.ts'
import { cardId } from './cards.ts'
import { GRADES, type Grade } from './memory.ts'

/**
 * What an event says about cards. An attempt's level grades the question, a point that was named is good, one that was missed comes
 * again. A quiz that was answered right is good, unless it was graded otherwise. A prediction is good or comes again. A bug that was fixed
 * is good, with hints hard, and otherwise comes again; a task is recorded in the same way, but no card asks for it.
 */
export function gradesOf(event: StudyEvent): (readonly [card: string, grade: Grade])[] {
  if (event.kind === 'review') return [[event.card, event.grade as Grade]]
  if (event.kind === 'quiz') {
    const grade = event.grade ?? (event.isRight ? GRADES.good : GRADES.again)
    return [[cardId('quiz', event.slug, event.quiz), grade as Grade]]
  }
  if (event.kind === 'prediction')
    return [[predictionId(event), event.chosen === event.actual ? GRADES.good : GRADES.again]]
  if (event.kind === 'task') return [[bugCardId(event), gradeOfTry(event)]]
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

/** The card of a bug. */
function bugCardId({ slug, task }: EventOf<'task'>): string {
  return cardId('bug', slug, task)
}

function gradeOfTry({ isPassed, hints, sawSolution }: EventOf<'task'>): Grade {
  if (!isPassed || sawSolution) return GRADES.again
  return hints > 0 ? GRADES.hard : GRADES.good
}

/** Whether an event makes no card of what has none yet: what was predicted right, or fixed without help, at once needs none. */
export function isKnownAtOnce(event: StudyEvent, grade: Grade): boolean {
  if (event.kind === 'prediction') return grade !== GRADES.again
  return event.kind === 'task' && grade === GRADES.good
}

/** Ids of the cards that not every learner has: predictions that were wrong, and bugs that weren't fixed without help, at least once. */
export function missedCards(log: readonly StudyEvent[]): Set<string> {
  const predictions = eventsOf(log, 'prediction').filter(({ chosen, actual }) => chosen !== actual)
  const tries = eventsOf(log, 'task').filter((tried) => gradeOfTry(tried) < GRADES.good)
  return new Set([...predictions.map(predictionId), ...tries.map(bugCardId)])
}

/** The card that an event graded in the review itself, or null. */
export function reviewedIn(event: StudyEvent): string | null {
  if (event.kind === 'review') return event.card
  if (event.kind !== 'quiz' || event.grade === undefined) return null
  return cardId('quiz', event.slug, event.quiz)
}
