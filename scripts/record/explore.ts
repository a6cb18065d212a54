import { differences } from '../../server/project/replay/differences.ts'
import { twinAnswerTo } from '../../server/project/replay/promised-differences.ts'
import type { Scenario, Target } from '../../server/project/replay/recording.ts'
import { runScenario } from '../../server/project/replay/run-scenario.ts'
import { chanceOf } from './chance.ts'
import { invent } from './invent.ts'

const REQUESTS = 30
const TOKENS = { ada: {}, grace: { claims: { sub: '2' } } }

/**
 * Asks both the same invented requests, thirty for each seed.
 * @returns for each seed with a difference the first request that was answered otherwise, and how
 */
export async function explore(original: Target, twin: Target, seeds: number[]): Promise<string[]> {
  const found: string[] = []
  for (const seed of seeds) {
    const chance = chanceOf(seed)
    const requests = Array.from({ length: REQUESTS }, () => invent(chance))
    const scenario: Scenario = { title: `seed ${seed}`, tokens: TOKENS, requests }
    const [expected, actual] = await Promise.all([
      runScenario(scenario, original),
      runScenario(scenario, twin),
    ])
    for (const [index, request] of requests.entries()) {
      const lines = differences(twinAnswerTo(request, expected[index]!), actual[index]!)
      if (lines.length === 0) continue
      found.push(`seed ${seed}: ${JSON.stringify(request)}: ${lines.join('; ')}`)
      break
    }
  }
  return found
}
