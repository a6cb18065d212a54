import type { Level } from '#contract/level.ts'

/** What choosing needs of a question; a lesson's card has it. */
export interface Choosable {
  slug: string
  level: Level
  topics: readonly string[]
  minutes: number
}

/** Questions of any of the topics and levels; an empty list leaves that side open. */
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
 * A set that fits into so many minutes: each time the question that brings most new topics, of the level that has been asked least. On equal
 * terms the earlier question wins, so the same deck and minutes always give the same set, in the order of the deck.
 * @returns as many as fit; none when the shortest question is too long
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
