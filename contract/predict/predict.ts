import type { Step } from '../lesson.ts'
import { burstCandidates, responseCandidates } from './candidates.ts'
import { hash } from './choices.ts'
import { givesAway } from './gives-away.ts'
import { statusesMistaken, withMistakes } from './mistake.ts'
import type { Mistake, Prediction } from './prediction.ts'
import { traceCandidates } from './trace-candidates.ts'

/**
 * What to ask before a step runs, or null: where its claims determine nothing that is worth asking, or its title gives it away. Of
 * several, a step always asks the same one.
 * @param slug of the lesson
 * @param handlers names of the trace steps that are path operations
 * @param mistakes that the deck has a name for
 */
export function predictionOf(
  slug: string,
  step: Step,
  handlers: ReadonlySet<string>,
  mistakes: readonly Mistake[] = [],
): Prediction | null {
  const seed = `${slug}/${step.id}`
  const { title, path, burst } = step
  const candidates =
    burst === undefined
      ? [
          ...responseCandidates(step, seed, statusesMistaken(step, mistakes)),
          ...traceCandidates(step, handlers, seed),
        ]
      : burstCandidates(step.claims, burst)
  const open = candidates.filter(
    ({ ask, answer, choices }) =>
      choices.length >= 3 &&
      choices.some(({ value }) => value === answer) &&
      !givesAway(ask, answer, `${title} ${path}`, burst),
  )
  const asked = open[hash(`${seed} ask`) % open.length]
  return asked === undefined ? null : withMistakes(asked, step, mistakes)
}
