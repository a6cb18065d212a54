import type { Lesson } from '#contract/lesson.ts'
import { predictionOf } from '#contract/predict/predict.ts'
import type { Prediction } from '#contract/predict/prediction.ts'

/** Names of the trace steps that are path operations: the functions in the project's routers. */
export function handlersIn(regions: ReadonlyMap<string, { python: { file: string } }>): ReadonlySet<string> {
  const inRouters = [...regions].filter(
    ([name, { python }]) => /(^|\/)routers\//.test(python.file) && /^\w+\.\w+$/.test(name),
  )
  return new Set(inRouters.map(([name]) => name))
}

/** What to predict before a lesson's steps run, by the step's id. */
export function predictionsOf(
  { slug, steps, practice }: Lesson,
  handlers: ReadonlySet<string>,
): Record<string, Prediction> {
  const found = steps.flatMap((step) => {
    const prediction = predictionOf(slug, step, handlers, practice.mistakes)
    return prediction === null ? [] : [[step.id, prediction] as const]
  })
  return Object.fromEntries(found)
}
