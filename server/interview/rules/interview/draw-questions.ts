import type { Plan, Question, QuestionKey } from '#contract/interview/plan.ts'
import { LEVELS } from '#contract/level.ts'

/** How much more two questions of neighbouring levels differ than two of one level without a common topic. */
const LEVEL_WEIGHT = 2
/** How much a difference counts against groups of unequal size. */
const DIFFERENCE_WEIGHT = 3

/**
 * The questions for one candidate: those of no pool, and as many of each pool as are to be drawn, in the order of the set or shuffled.
 * A pool is split into groups of similar questions, one for each question to draw, and one of each group is drawn: so all candidates get
 * much the same levels and topics.
 * @param random numbers from 0 to below 1
 * @returns null when everyone gets the whole set in its order
 */
export function drawQuestions(
  { questions, pools, shuffle }: Plan,
  random: () => number,
): QuestionKey[] | null {
  if (pools.length === 0 && !shuffle) return null
  const drawn = new Set(
    pools.flatMap(({ key, draw }) =>
      groupsOf(
        questions.filter(({ pool }) => pool === key),
        draw,
      ).map((group) => group[Math.floor(random() * group.length)]?.key),
    ),
  )
  const keys = questions.filter(({ key, pool }) => pool === undefined || drawn.has(key)).map(({ key }) => key)
  return shuffle ? shuffled(keys, random) : keys
}

/** The plan of a room. @param questions what was drawn for it; undefined for the whole plan */
export function planOfRoom(plan: Plan, questions: readonly QuestionKey[] | undefined): Plan {
  if (questions === undefined) return plan
  const byKey = new Map(plan.questions.map((question) => [question.key, question]))
  return { ...plan, questions: questions.flatMap((key) => byKey.get(key) ?? []) }
}

/** Splits questions into that many groups, each of similar questions and, where that doesn't matter, of equal size. */
function groupsOf(pool: readonly Question[], count: number): Question[][] {
  const line = bySimilarity(pool)
  // best[g][n]: the first n questions as g groups, at the lowest cost.
  let best: Split[] = [{ cost: 0, groups: [] }]
  for (let groups = 1; groups <= count; groups += 1) {
    const before = best
    best = []
    for (let end = groups; end <= line.length; end += 1) {
      for (let start = groups - 1; start < end; start += 1) {
        const rest = before[start]
        if (rest === undefined) continue
        const group = line.slice(start, end)
        const cost = rest.cost + costOf(group)
        if (cost < (best[end]?.cost ?? Infinity)) best[end] = { cost, groups: [...rest.groups, group] }
      }
    }
  }
  return best[line.length]?.groups ?? line.map((question) => [question])
}

interface Split {
  cost: number
  groups: Question[][]
}

/** The questions in a line, each beside those that it resembles most. */
function bySimilarity(pool: readonly Question[]): Question[] {
  const rest = pool.toSorted((one, other) => levelOf(one) - levelOf(other))
  const line = rest.splice(0, 1)
  while (rest.length > 0) {
    const last = line.at(-1)
    const distances = rest.map((question) => (last === undefined ? 0 : difference(last, question)))
    line.push(...rest.splice(distances.indexOf(Math.min(...distances)), 1))
  }
  return line
}

function costOf(group: readonly Question[]): number {
  return group.reduce(
    (sum, one, index) =>
      sum +
      group
        .slice(index + 1)
        .reduce((pairs, other) => pairs + 1 + DIFFERENCE_WEIGHT * difference(one, other), 0),
    0,
  )
}

function difference(one: Question, other: Question): number {
  const common = one.topics.filter((topic) => other.topics.includes(topic)).length
  const all = new Set([...one.topics, ...other.topics]).size
  return LEVEL_WEIGHT * Math.abs(levelOf(one) - levelOf(other)) + (all === 0 ? 0 : 1 - common / all)
}

function levelOf({ level }: Question): number {
  return LEVELS.indexOf(level)
}

function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const rest = [...list]
  return list.map(() => rest.splice(Math.floor(random() * rest.length), 1)).flat()
}
