import type { Lesson } from '#contract/lesson.ts'
import { mistakeBehind } from '#contract/predict/mistake.ts'
import type { Mistake } from '#contract/predict/prediction.ts'
import { didYouMean, type Fault } from '../fault.ts'
import type { ReadLesson } from '../lesson-folder.ts'
import { predictionsOf } from '../predictions.ts'

/** A mistake with the place of its entry under `predictions`. */
type NamedMistake = Mistake & { index: number }

/** What stands behind wrong predictions of a deck. */
export interface DeckMistakes {
  /** By the lesson's slug. */
  own: ReadonlyMap<string, readonly NamedMistake[]>
  /** Those that hold for every step with a status. */
  byStatus: readonly Mistake[]
}

export function mistakesIn(lessons: readonly ReadLesson[]): DeckMistakes {
  const truths = new Map(
    lessons.flatMap(({ practice }) => practice.content.misconceptions.map(({ id, truth }) => [id, truth])),
  )
  const own = lessons.map(({ lesson, practice }) => {
    const mistakes = practice.content.predictions.flatMap(
      ({ step, status, method, chosen: values, misconception, says }, index) =>
        values.map((chosen): NamedMistake => ({
          ...{ index, step: step ?? null, method: method ?? null, chosen, misconception },
          status: status === undefined ? null : String(status),
          because: says ?? truths.get(misconception) ?? '',
        })),
    )
    return [lesson.slug, mistakes] as const
  })
  return {
    own: new Map(own),
    byStatus: own.flatMap(([, mistakes]) => mistakes.filter(({ step }) => step === null)),
  }
}

/** A lesson with the mistakes that concern its steps. */
export function withMistakes(lesson: Lesson, { own, byStatus }: DeckMistakes): Lesson {
  const ofSteps = (own.get(lesson.slug) ?? []).filter(({ step }) => step !== null)
  return { ...lesson, practice: { ...lesson.practice, mistakes: [...ofSteps, ...byStatus] } }
}

/**
 * Entries under `predictions` that no learner can meet: the step asks something else, the value isn't offered or is right, or an earlier
 * entry stands for it.
 * @param handlers names of the trace steps that are path operations
 */
export function predictionFaults(
  lessons: readonly ReadLesson[],
  mistakes: DeckMistakes,
  handlers: ReadonlySet<string>,
): Fault[] {
  const asked = new Map(
    lessons.map(({ lesson }) => [lesson.slug, predictionsOf(withMistakes(lesson, mistakes), handlers)]),
  )
  const met = new Set(
    lessons.flatMap(({ lesson }) => {
      const known = withMistakes(lesson, mistakes).practice.mistakes
      return lesson.steps.flatMap((step) => {
        const prediction = asked.get(lesson.slug)?.[step.id]
        return prediction?.choices.map(({ value }) => mistakeBehind(value, prediction, step, known)) ?? []
      })
    }),
  )
  return lessons.flatMap(({ lesson, practice: { file, lineOf } }) =>
    (mistakes.own.get(lesson.slug) ?? []).flatMap((mistake) => {
      const { index, step, status, chosen } = mistake
      const at = (key: string): number => lineOf(['predictions', index, key])
      const ids = lesson.steps.map(({ id }) => id)
      if (step !== null && !ids.includes(step))
        return [{ file, line: at('step'), cause: `no step "${step}" in this lesson${didYouMean(step, ids)}` }]
      if (met.has(mistake)) return []
      if (step === null) {
        const cause = `no step with status ${status} offers ${chosen} as a wrong choice that no earlier entry explains`
        return [{ file, line: at('status'), cause }]
      }
      const prediction = asked.get(lesson.slug)?.[step]
      if (prediction === undefined)
        return [{ file, line: at('step'), cause: `nothing is asked before "${step}" runs` }]
      const values = prediction.choices.map(({ value }) => value)
      const wrong = values.filter((value) => value !== prediction.answer).join(', ')
      const cause =
        chosen === prediction.answer
          ? `${chosen} is the right choice before "${step}"`
          : values.includes(chosen)
            ? `an earlier entry explains ${chosen} before "${step}"`
            : `"${prediction.question}" before "${step}" doesn’t offer "${chosen}"; wrong choices are ${wrong}`
      return [{ file, line: at('chosen'), cause: `${cause}${didYouMean(chosen, values)}` }]
    }),
  )
}
