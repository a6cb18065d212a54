import { draftOf } from '../request/draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import { runStep } from './run.ts'

/**
 * Runs a step in its original form, after those that it needs, without a panel.
 * @returns the step's exchange, which the playground shows in its lesson, too
 * @throws RangeError when there is no such step; otherwise as `runStep`
 */
export async function runOriginal(lesson: LessonSteps, stepId: string): Promise<Exchange> {
  const step = lesson.steps.find(({ id }) => id === stepId)
  let last: Exchange | undefined
  if (step)
    await runStep(lesson, stepId, draftOf(step), {
      signal: new AbortController().signal,
      began: () => undefined,
      finished: (exchange) => (last = exchange),
    })
  if (last === undefined) throw new RangeError(`no step "${stepId}"`)
  return last
}
