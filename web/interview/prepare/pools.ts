import { PoolKey, type PlanItem, type Pool } from '#contract/interview/plan.ts'

/** The pools that the questions name: with the wanted number to draw, or two of three and more. */
export function poolsOf(questions: readonly Pick<PlanItem, 'pool'>[], wanted: readonly Pool[]): Pool[] {
  return PoolKey.options.flatMap((key) => {
    const size = questions.filter(({ pool }) => pool === key).length
    if (size === 0) return []
    const draw = wanted.find((pool) => pool.key === key)?.draw ?? (size > 2 ? 2 : 1)
    return [{ key, draw: Math.min(draw, size) }]
  })
}

/** The pools that a question can be put into: those that exist, and one more. */
export function poolChoices(pools: readonly Pool[]): PoolKey[] {
  const free = PoolKey.options.find((key) => pools.every((pool) => pool.key !== key))
  return PoolKey.options.filter((key) => key === free || pools.some((pool) => pool.key === key))
}
