import type { PracticeSet, QuizView } from '#contract/practice.ts'
import { eventsOf, type StudyEvent } from '../log/event.ts'
import { shuffled } from '../shuffled.ts'

/** A quiz with the lesson that it belongs to. */
export interface QuizItem {
  key: string
  set: PracticeSet
  quiz: QuizView
}

/** How often a quiz was answered, and whether the last answer was right. */
export interface QuizRecord {
  times: number
  isRight: boolean
}

/** Names a quiz within a deck. */
export function quizKey(slug: string, id: string): string {
  return `${slug}/${id}`
}

/** Every quiz of a deck, in its order. */
export function quizItems(sets: readonly PracticeSet[]): QuizItem[] {
  return sets.flatMap((set) => set.quizzes.map((quiz) => ({ key: quizKey(set.slug, quiz.id), set, quiz })))
}

/** What was answered so far, by the quiz's key. */
export function quizRecords(log: readonly StudyEvent[]): Map<string, QuizRecord> {
  const records = new Map<string, QuizRecord>()
  for (const { slug, quiz, isRight } of eventsOf(log, 'quiz')) {
    const key = quizKey(slug, quiz)
    records.set(key, { times: (records.get(key)?.times ?? 0) + 1, isRight })
  }
  return records
}

/**
 * Draws quizzes for a session: those last answered wrong, then those never answered, then the ones answered least often; at random
 * between equals. Two of one lesson follow each other only when nothing else is left.
 */
export function drawQuizzes(
  items: readonly QuizItem[],
  records: ReadonlyMap<string, QuizRecord>,
  count: number,
  random: () => number = Math.random,
): QuizItem[] {
  const weight = ({ key }: QuizItem): number => {
    const record = records.get(key)
    if (record === undefined) return 0
    return record.isRight ? record.times : -1
  }
  const drawn = shuffled(items, random)
    .sort((a, b) => weight(a) - weight(b))
    .slice(0, count)
  const spread: QuizItem[] = []
  while (drawn.length > 0) {
    const last = spread.at(-1)?.set.slug
    const index = drawn.findIndex(({ set }) => set.slug !== last)
    spread.push(...drawn.splice(Math.max(0, index), 1))
  }
  return spread
}
