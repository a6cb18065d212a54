import type { Step } from '#contract/lesson.ts'
import type { Prediction } from '#contract/predict/prediction.ts'
import { usePreferencesStore } from '../../stores/preferences.ts'
import { useProgressStore } from '../../stores/progress.ts'
import { usePlaygroundStore } from '../run/playground-store.ts'

/**
 * What is to be predicted of a step before it runs. As long as there is something, nothing on the page may show the step's result.
 * @param predictions of the lesson, by the step's id
 * @returns null once the step ran or was proved, for a step that asks nothing, and for people who want no predictions
 */
export function useToPredict(slug: () => string, predictions: () => Readonly<Record<string, Prediction>>) {
  const preferences = usePreferencesStore()
  const progress = useProgressStore()
  const playground = usePlaygroundStore()

  return (step: Step | null | undefined): Prediction | null => {
    const prediction = step && predictions()[step.id]
    if (!prediction || !preferences.predictions) return null
    const held = progress.heldClaims(slug())
    const isProved = step.claims.every(({ id }) => held.includes(id))
    const ran = playground.history.some(
      (exchange) =>
        exchange.step?.slug === slug() && exchange.step.id === step.id && exchange.outcome.kind !== 'failure',
    )
    return isProved || ran ? null : prediction
  }
}
