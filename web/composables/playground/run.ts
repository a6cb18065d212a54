import { planFor } from '../../../contract/plan.ts'
import type { Step } from '../../../contract/lesson.ts'
import { usePeopleStore } from '../../stores/playground-people.ts'
import { usePlaygroundStore } from '../../stores/playground.ts'
import { draftOf, type Draft } from './draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import { send } from './send.ts'
import { summaryOf } from './summary.ts'

/** What a run tells while it goes on. */
export interface Progress {
  step: Step
  /** From 1. */
  place: number
  total: number
  resets: boolean
}

export interface Run {
  signal: AbortSignal
  began(progress: Progress): void
  /** @param summary of the exchange in one line */
  finished(exchange: Exchange, summary: string): void
}

/**
 * Runs one step with the draft that is shown for it. Steps that it needs run before it, as they are written.
 * @throws ApiFailure when the sandbox can't be reset; an AbortError when stopped
 */
export async function runStep(lesson: LessonSteps, stepId: string, draft: Draft, run: Run): Promise<void> {
  const known = new Set(Object.keys(usePlaygroundStore().variables[lesson.slug] ?? {}))
  await runPlan(lesson, planFor(lesson.steps, stepId, known), run, (step) =>
    step.id === stepId ? draft : draftOf(step),
  )
}

/** Resets the sandbox and runs every step in order, as written. Throws as `runStep`. */
export async function runAll(lesson: LessonSteps, run: Run): Promise<void> {
  await usePeopleStore().reset()
  usePlaygroundStore().forget()
  await runPlan(lesson, lesson.steps, run, draftOf)
}

/** Sends a draft that belongs to no lesson. Throws an AbortError when stopped. */
export async function sendDraft(draft: Draft, run: Run): Promise<void> {
  const exchange = await send({ draft, step: null, slug: '', signal: run.signal })
  run.finished(exchange, summaryOf(exchange))
}

/** Resets the sandbox for the person who pressed the button: saved values and people created are forgotten. */
export async function resetAll(): Promise<void> {
  await usePeopleStore().reset()
  usePlaygroundStore().forget()
}

async function runPlan(
  lesson: LessonSteps,
  steps: Step[],
  run: Run,
  draftFor: (step: Step) => Draft,
): Promise<void> {
  for (const [index, step] of steps.entries()) {
    run.signal.throwIfAborted()
    run.began({ step, place: index + 1, total: steps.length, resets: step.fresh })
    if (step.fresh) {
      await usePeopleStore().reset()
      usePlaygroundStore().forgetOthers(lesson.slug)
    }
    const exchange = await send({ draft: draftFor(step), step, slug: lesson.slug, signal: run.signal })
    run.finished(exchange, summaryOf(exchange))
    if (exchange.outcome.kind === 'failure') return
  }
}
