import { METHODS } from 'node:http'
import { keepOfAnswer } from '../replay/answer.ts'
import { differences } from '../replay/differences.ts'
import { twinAnswerTo } from '../replay/deliberate-differences.ts'
import { sendPipelined } from '../replay/raw-client.ts'
import type { Answer, Scenario, ScenarioRequest, Target } from '../replay/recording.ts'
import { fillRequest, runScenario } from '../replay/run-scenario.ts'
import { makeToken } from '../replay/token.ts'
import { chanceOf } from './chance.ts'
import { invent } from './invent.ts'

/** Number of requests invented from one seed. */
export const REQUESTS_PER_SEED = 35
/** Requests of a seed that are sent at once on one connection. */
const PIPELINED_REQUESTS = 5
const TOKENS = { ada: {}, grace: { claims: { sub: '2' } } }

/**
 * Sends the same invented requests to both and looks for responses that differ, apart from deliberate differences.
 * @returns for each seed with a difference, the first request that is answered differently, and how
 */
export async function explore(original: Target, twin: Target, seeds: readonly number[]): Promise<string[]> {
  const found: string[] = []
  for (const seed of seeds) {
    const chance = chanceOf(seed)
    const requests = Array.from({ length: REQUESTS_PER_SEED }, () => invent(chance))
    // After a method that Node doesn't know, the twin closes the connection.
    const together = requests.filter(({ method }) => METHODS.includes(method)).slice(0, PIPELINED_REQUESTS)
    const alone = requests.filter((request) => !together.includes(request))
    const scenario: Scenario = { title: `seed ${seed}`, tokens: TOKENS, requests: alone }
    const [expected, actual] = await Promise.all(
      [original, twin].map(async (target) => [
        ...(await runScenario(scenario, target)),
        ...(await answersTogether(together, target)),
      ]),
    )
    const line = firstDifference([...alone, ...together], expected!, actual!)
    if (line !== undefined) found.push(`seed ${seed}: ${line}`)
  }
  return found
}

async function answersTogether(requests: ScenarioRequest[], target: Target): Promise<Answer[]> {
  const now = Math.floor(Date.now() / 1000)
  const variables = new Map(Object.entries(TOKENS).map(([name, recipe]) => [name, makeToken(recipe, now)]))
  const raw = await sendPipelined(
    target.origin,
    requests.map((request) => fillRequest(request, variables)),
  )
  return raw.map((answer) => keepOfAnswer(answer, target.origin))
}

function firstDifference(
  requests: ScenarioRequest[],
  expected: Answer[],
  actual: Answer[],
): string | undefined {
  for (const [index, request] of requests.entries()) {
    const lines = differences(twinAnswerTo(request, expected[index]!), actual[index]!)
    if (lines.length > 0) return `${JSON.stringify(request)}: ${lines.join('; ')}`
  }
  return undefined
}
