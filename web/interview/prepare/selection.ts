import { LEVELS, type Level } from '#contract/level.ts'

/** The part of a question that choosing depends on. */
export interface Choosable {
  slug: string
  level: Level
  topics: readonly string[]
  minutes: number
}

/** How many sets a suggestion is chosen from. */
const TRIES = 30
/** A set that fills this share of the time is full enough. */
const FULL_ENOUGH = 0.9

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
 * A set that fits into a number of minutes, as full as a few tries make it, with as many questions of each level as possible and few topics
 * twice. It differs from one call to the next.
 * @param random numbers from 0 to below 1
 * @param shown slugs of the set that is on the screen: another one is preferred
 * @returns in the order of `questions`; none when even the shortest is too long
 */
export function suggestedSet<Q extends Choosable>(
  questions: readonly Q[],
  { minutes, random, shown = [] }: { minutes: number; random: () => number; shown?: readonly string[] },
): Q[] {
  const sets = Array.from({ length: TRIES }, () => balancedSet(questions, minutes, random))
  const others = sets.filter((set) => !isSet(set, shown))
  const candidates = others.length > 0 ? others : sets
  const used = (set: readonly Q[]): number => set.reduce((sum, question) => sum + question.minutes, 0)
  const full = Math.max(...candidates.map(used))
  const found = candidates.find((set) => used(set) >= Math.min(full, FULL_ENOUGH * minutes)) ?? []
  return questions.filter((question) => found.includes(question))
}

/** What a set consists of: `2 starter, 3 junior`. */
export function levelsOf(questions: readonly Pick<Choosable, 'level'>[]): { level: Level; count: number }[] {
  return LEVELS.map((level) => ({
    level,
    count: questions.filter((question) => question.level === level).length,
  })).filter(({ count }) => count > 0)
}

/** Adds a question of the level used least so far, with the fewest topics that are there already, until no more fit. */
function balancedSet<Q extends Choosable>(
  questions: readonly Q[],
  minutes: number,
  random: () => number,
): Q[] {
  const chosen: Q[] = []
  let left = minutes
  for (;;) {
    const fitting = questions.filter((question) => !chosen.includes(question) && question.minutes <= left)
    const next = best(fitting, chosen, random)
    if (next === undefined) return chosen
    chosen.push(next)
    left -= next.minutes
  }
}

function best<Q extends Choosable>(
  fitting: readonly Q[],
  chosen: readonly Q[],
  random: () => number,
): Q | undefined {
  const covered = new Set(chosen.flatMap(({ topics }) => topics))
  const ranked = fitting.map((question) => ({
    question,
    sameLevel: chosen.filter(({ level }) => level === question.level).length,
    sameTopics: question.topics.filter((topic) => covered.has(topic)).length,
    chance: random(),
  }))
  ranked.sort(
    (one, other) =>
      one.sameLevel - other.sameLevel || one.sameTopics - other.sameTopics || one.chance - other.chance,
  )
  return ranked[0]?.question
}

function isSet(set: readonly Choosable[], slugs: readonly string[]): boolean {
  return set.length === slugs.length && set.every(({ slug }) => slugs.includes(slug))
}
