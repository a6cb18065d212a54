import type { Step } from '../lesson.ts'
import { burstCandidates, responseCandidates } from './candidates.ts'
import { hash } from './choices.ts'
import { givesAway } from './gives-away.ts'
import type { Prediction } from './prediction.ts'
import { traceCandidates } from './trace-candidates.ts'

/**
 * What to ask before a step runs, or null: where its claims determine nothing that is worth asking, or its title gives it away. Of
 * several, a step always asks the same one.
 * @param slug of the lesson
 * @param handlers names of the trace steps that are path operations
 */
export function predictionOf(slug: string, step: Step, handlers: ReadonlySet<string>): Prediction | null {
  const seed = `${slug}/${step.id}`
  const { title, path, burst } = step
  const candidates =
    burst === undefined
      ? [...responseCandidates(step, seed), ...traceCandidates(step, handlers, seed)]
      : burstCandidates(step.claims, burst)
  const open = candidates.filter(
    ({ ask, answer, choices }) =>
      choices.length >= 3 &&
      choices.some(({ value }) => value === answer) &&
      !givesAway(ask, answer, `${title} ${path}`, burst),
  )
  return open[hash(`${seed} ask`) % open.length] ?? null
}
