import type { OriginalTab } from '#contract/original-tab/engine.ts'
import { stepsToRun } from '#contract/run-plan.ts'
import type { Step } from '#contract/lesson.ts'
import { draftOf } from '../../playground/request/draft.ts'
import { createConversation, type Outcome } from './conversation.ts'

/** A step that was asked of the original, and what came of it. */
export interface StepRun {
  step: Step
  outcome: Outcome
}

/** The steps of a lesson, and whether the database holds the seeded people only, untouched. */
export interface LessonRun {
  slug: string
  steps: readonly Step[]
  isFresh: boolean
  /** Whether the lines of every step are traced. Those of a step that runs alone always are. */
  tracesLines?: boolean
}

/** Runs one step in a database with the seeded people only, after those that it needs. Its lines are traced. Throws as `ask`. */
export async function runStep(tab: OriginalTab, lesson: LessonRun, id: string): Promise<StepRun[]> {
  return runPlans(tab, lesson, [stepsToRun(lesson.steps, id, new Set())], { traced: id })
}

/**
 * Runs every step of a lesson in order, each after those that it needs. Throws as `ask`, and an AbortError when stopped.
 * @param ran called after each step
 */
export async function runLesson(
  tab: OriginalTab,
  lesson: LessonRun,
  ran: (run: StepRun) => void,
  signal: AbortSignal,
): Promise<StepRun[]> {
  const ids = lesson.steps.map(({ id }) => id)
  return runSteps(tab, lesson, ids, ran, signal)
}

/** Like `runLesson`, for some of its steps, in the order given. */
export async function runSteps(
  tab: OriginalTab,
  lesson: LessonRun,
  ids: readonly string[],
  ran: (run: StepRun) => void,
  signal: AbortSignal,
): Promise<StepRun[]> {
  const plans = ids.map((id) => stepsToRun(lesson.steps, id, new Set()))
  return runPlans(tab, lesson, plans, { ran, signal })
}

async function runPlans(
  tab: OriginalTab,
  { slug, isFresh, tracesLines = false }: LessonRun,
  plans: readonly Step[][],
  options: { traced?: string; ran?: (run: StepRun) => void; signal?: AbortSignal },
): Promise<StepRun[]> {
  if (!isFresh) await tab.reset()
  const { ask, restart } = createConversation(tab)
  const runs: StepRun[] = []
  const order: Step[] = []
  for (const plan of plans) {
    // Steps that have just run need not run again.
    const needed = plan.slice(0, -1)
    const ready = needed.every((step, at) => order[order.length - needed.length + at] === step)
    for (const step of ready ? plan.slice(-1) : plan) {
      options.signal?.throwIfAborted()
      if (step.fresh && order.length > 0) {
        await tab.reset()
        restart()
      }
      const traceLines = tracesLines || step.id === options.traced
      const run = { step, outcome: await ask({ draft: draftOf(step), step, slug, traceLines }) }
      order.push(step)
      if (step !== plan.at(-1)) continue
      runs.push(run)
      options.ran?.(run)
    }
  }
  return runs
}
