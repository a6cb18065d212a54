import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Plan, Question } from '#contract/interview/plan.ts'
import { LEVELS } from '#contract/level.ts'
import { TEST_PLAN } from '../testing/sample-plan.ts'
import { drawQuestions, planOfRoom } from './draw-questions.ts'

const [sample] = TEST_PLAN.questions

/** Sets of up to 30 questions, some in pools from which fewer are drawn than there are. */
const plans = fc
  .array(
    fc.record({
      level: fc.constantFrom(...LEVELS),
      topics: fc.uniqueArray(fc.constantFrom('HTTP', 'SQL', 'Auth', 'Testing'), { maxLength: 3 }),
      pool: fc.constantFrom('A' as const, 'B' as const, undefined),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .chain((wanted) => {
    const questions = wanted.map(({ pool, ...rest }, index): Question => {
      if (sample === undefined) throw new Error('the sample plan is empty')
      return { ...sample, ...rest, key: `q${index + 1}`, ...(pool === undefined ? {} : { pool }) }
    })
    const sizes = (['A', 'B'] as const).map((key) => [
      key,
      questions.filter(({ pool }) => pool === key).length,
    ])
    const pools = fc.tuple(
      ...sizes.flatMap(([key, size]) =>
        typeof size === 'number' && size > 0
          ? [fc.integer({ min: 1, max: size }).map((draw) => ({ key: key as 'A' | 'B', draw }))]
          : [],
      ),
    )
    return fc
      .record({ pools, shuffle: fc.boolean() })
      .map((set): Plan => ({ title: 'Set', questions, ...set }))
  })
const seeds = fc.infiniteStream(fc.double({ min: 0, max: 0.999_999, noNaN: true }))
const randomOf = (seed: Stream) => () => seed.next().value ?? 0
type Stream = { next: () => { value?: number } }

test('a candidate is asked every question outside of pools and the wanted number of each pool, each once', () => {
  fc.assert(
    fc.property(plans, seeds, (plan, seed) => {
      const drawn = drawQuestions(plan, randomOf(seed))
      if (drawn === null) {
        expect(plan.pools.length > 0 || plan.shuffle).toBe(false)
        return
      }
      expect(new Set(drawn).size).toBe(drawn.length)
      const room = planOfRoom(plan, drawn)
      expect(room.questions.map(({ key }) => key)).toEqual(drawn)
      const ofPool = (pool: string | undefined) => room.questions.filter((question) => question.pool === pool)
      const always = plan.questions.filter(({ pool }) => pool === undefined)
      expect(new Set(ofPool(undefined))).toEqual(new Set(always))
      for (const { key, draw } of plan.pools) expect(ofPool(key)).toHaveLength(draw)
      const inOrder = plan.questions.filter((question) => room.questions.includes(question))
      if (!plan.shuffle) expect(room.questions).toEqual(inOrder)
    }),
  )
})

test('every question of a pool can be drawn, whatever the seed of the others', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const steps = Array.from({ length: 40 }, (_, index) => index / 40)
      const seen = new Set(
        steps.flatMap((step) => drawQuestions({ ...plan, shuffle: false }, () => step) ?? []),
      )
      if (plan.pools.length > 0) expect(seen.size).toBe(plan.questions.length)
    }),
  )
})

test('two candidates get as many questions of a level as each other when the pool has enough of each', () => {
  const levels = ['starter', 'starter', 'starter', 'junior', 'junior', 'junior'] as const
  const questions = levels.map((level, index) => ({
    ...sample!,
    level,
    key: `q${index + 1}`,
    pool: 'A' as const,
  }))
  const plan: Plan = { title: 'Set', questions, pools: [{ key: 'A', draw: 2 }], shuffle: false }
  fc.assert(
    fc.property(seeds, (seed) => {
      const room = planOfRoom(plan, drawQuestions(plan, randomOf(seed)) ?? undefined)
      expect(room.questions.map(({ level }) => level)).toEqual(['starter', 'junior'])
    }),
  )
})

test('a set without pools in a fixed order is everyone’s, and one copy of it', () => {
  expect(drawQuestions(TEST_PLAN, Math.random)).toBeNull()
  expect(planOfRoom(TEST_PLAN, undefined)).toBe(TEST_PLAN)
})
