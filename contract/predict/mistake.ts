import type { Step } from '../lesson.ts'
import type { Mistake, Prediction } from './prediction.ts'

/** Statuses that the deck names as wrong predictions of this very step: they are always among its choices. */
export function statusesMistaken({ id }: Step, mistakes: readonly Mistake[]): number[] {
  return mistakes.filter(({ step }) => step === id).map(({ chosen }) => Number(chosen))
}

/** What a wrong choice stands for, if the deck says so. What it says of the step itself comes before what it says of its status. */
export function mistakeBehind(
  value: string,
  { ask, answer }: Prediction,
  step: Step,
  mistakes: readonly Mistake[],
): Mistake | undefined {
  if (value === answer) return undefined
  const ofValue = mistakes.filter(({ chosen }) => chosen === value)
  const isOfStatus = ({ status, method }: Mistake): boolean =>
    ask === 'status' && status === answer && (method === null || method === step.method)
  return ofValue.find((mistake) => mistake.step === step.id) ?? ofValue.find(isOfStatus)
}

/** A prediction whose wrong choices have what they stand for. */
export function withMistakes(prediction: Prediction, step: Step, mistakes: readonly Mistake[]): Prediction {
  const choices = prediction.choices.map((choice) => {
    const behind = mistakeBehind(choice.value, prediction, step, mistakes)
    if (behind === undefined) return choice
    const { misconception, because } = behind
    return { ...choice, mistake: { misconception, because } }
  })
  return { ...prediction, choices }
}
