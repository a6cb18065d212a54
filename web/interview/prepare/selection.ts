import type { Level } from '#contract/level.ts'

/** The part of a question that choosing depends on. */
export interface Choosable {
  slug: string
  level: Level
  topics: readonly string[]
  minutes: number
}

/** Questions with one of the topics and one of the levels; an empty list allows all. */
export function choose<Q extends Choosable>(
  questions: readonly Q[],
  { topics, levels }: { topics: readonly string[]; levels: readonly Level[] },
): Q[] {
  return questions.filter(
    (question) =>
      (topics.length === 0 || question.topics.some((topic) => topics.includes(topic))) &&
      (levels.length === 0 || levels.includes(question.level)),
  )
}

/**
 * A set that fits into a number of minutes. It adds the question with the most new topics, from the level used least so far, until no more fit.
 * The earlier of two equal questions wins, so the same deck and minutes always give the same set, in the order of the deck.
 * @returns as many questions as fit; none when even the shortest is too long
 */
export function balancedSet<Q extends Choosable>(questions: readonly Q[], minutes: number): Q[] {
  const chosen: Q[] = []
  let left = minutes
  for (;;) {
    const fitting = questions.filter((question) => !chosen.includes(question) && question.minutes <= left)
    const next = best(fitting, chosen)
    if (next === undefined) return questions.filter((question) => chosen.includes(question))
    chosen.push(next)
    left -= next.minutes
  }
}

function best<Q extends Choosable>(fitting: readonly Q[], chosen: readonly Q[]): Q | undefined {
  const covered = new Map<string, number>()
  for (const topic of chosen.flatMap(({ topics }) => topics))
    covered.set(topic, (covered.get(topic) ?? 0) + 1)
  const repeats = ({ topics }: Q): number =>
    topics.reduce((sum, topic) => sum + (covered.get(topic) ?? 0), 0) / Math.max(1, topics.length)
  const sameLevel = ({ level }: Q): number => chosen.filter((other) => other.level === level).length
  const weight = (question: Q): number => repeats(question) + sameLevel(question) / Math.max(1, chosen.length)
  let found: Q | undefined
  for (const question of fitting) {
    if (found === undefined || weight(question) < weight(found) - 1e-9) found = question
  }
  return found
}
