// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LEVELS } from '#contract/level.ts'
import { choose, suggestedSet, type Choosable } from './selection.ts'

const TOPICS = ['HTTP', 'SQL', 'Auth', 'Testing', 'Async']

const decks = fc
  .array(
    fc.record({
      level: fc.constantFrom(...LEVELS),
      topics: fc.uniqueArray(fc.constantFrom(...TOPICS), { maxLength: 3 }),
      minutes: fc.integer({ min: 1, max: 20 }),
    }),
    { maxLength: 40 },
  )
  .map((deck): Choosable[] => deck.map((question, index) => ({ ...question, slug: `s${index}` })))
const filters = fc.record({
  levels: fc.uniqueArray(fc.constantFrom(...LEVELS), { maxLength: 2 }),
  topics: fc.uniqueArray(fc.constantFrom(...TOPICS), { maxLength: 2 }),
})
const minutesOf = (set: readonly Choosable[]): number => set.reduce((sum, { minutes }) => sum + minutes, 0)

/** Numbers from 0 to below 1 that depend on the seed alone. */
function numbersOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

test('a suggestion has only questions of the chosen levels and topics, each once, fits the time and leaves no room for another', () => {
  fc.assert(
    fc.property(decks, filters, fc.integer({ min: 1, max: 120 }), fc.nat(), (deck, filter, minutes, seed) => {
      const allowed = choose(deck, filter)
      const set = suggestedSet(allowed, { minutes, random: numbersOf(seed) })
      expect(new Set(set).size).toBe(set.length)
      for (const { level, topics } of set) {
        if (filter.levels.length > 0) expect(filter.levels).toContain(level)
        if (filter.topics.length > 0) expect(topics.some((topic) => filter.topics.includes(topic))).toBe(true)
      }
      expect(minutesOf(set)).toBeLessThanOrEqual(minutes)
      const rest = allowed.filter((question) => !set.includes(question))
      for (const question of rest) expect(minutesOf(set) + question.minutes).toBeGreaterThan(minutes)
      expect(set).toEqual(allowed.filter((question) => set.includes(question)))
    }),
  )
})

test('levels that have enough questions of the same length differ by at most one question', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 90 }), fc.nat(), (minutes, seed) => {
      const deck = LEVELS.flatMap((level) =>
        Array.from({ length: 10 }, (_, index) => ({
          ...{ level, slug: `${level}-${index}`, minutes: 9 },
          topics: [TOPICS[index % TOPICS.length] ?? ''],
        })),
      )
      const set = suggestedSet(deck, { minutes, random: numbersOf(seed) })
      const counts = LEVELS.map((level) => set.filter((question) => question.level === level).length)
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
    }),
  )
})

test('another suggestion is another set, unless there is only one', () => {
  const deck = Array.from({ length: 12 }, (_, index) => ({
    ...{ slug: `s${index}`, level: LEVELS[index % 2] ?? 'junior', topics: [TOPICS[index % 5] ?? ''] },
    minutes: 8 + (index % 3),
  }))
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const random = numbersOf(seed)
      let shown: string[] = []
      for (let turn = 0; turn < 5; turn += 1) {
        const next = suggestedSet(deck, { minutes: 45, random, shown }).map(({ slug }) => slug)
        expect(next).not.toEqual(shown)
        shown = next
      }
      const all = deck.map(({ slug }) => slug)
      expect(suggestedSet(deck, { minutes: 600, random, shown: all }).map(({ slug }) => slug)).toEqual(all)
    }),
    { numRuns: 30 },
  )
})
