import { eventsOf, type EventOf, type StudyEvent } from './log/event.ts'

export type Attempt = EventOf<'attempt'>

/** What was said so far of one question, the newest first. */
export function attemptsAt(log: readonly StudyEvent[], slug: string): Attempt[] {
  return eventsOf(log, 'attempt')
    .filter((attempt) => attempt.slug === slug)
    .reverse()
}

/** The last attempt at each question, by slug. */
export function lastAttempts(log: readonly StudyEvent[]): Map<string, Attempt> {
  return new Map(eventsOf(log, 'attempt').map((attempt) => [attempt.slug, attempt]))
}

/**
 * Questions by how much they need saying: those never said come first, then the lowest level of the last attempt, then the one
 * that was said longest ago. The order of the deck decides between equals.
 */
export function weakestFirst<Q extends { slug: string }>(
  questions: readonly Q[],
  log: readonly StudyEvent[],
): Q[] {
  const last = lastAttempts(log)
  const weight = ({ slug }: Q): readonly [level: number, time: number] => {
    const attempt = last.get(slug)
    return attempt === undefined ? [-1, 0] : [attempt.level, attempt.time]
  }
  return [...questions].sort((a, b) => {
    const [[levelA, timeA], [levelB, timeB]] = [weight(a), weight(b)]
    return levelA - levelB || timeA - timeB
  })
}
