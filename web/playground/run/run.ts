import { stepsToRun } from '#contract/run-plan.ts'
import type { Step } from '#contract/lesson.ts'
import { usePeopleStore } from './people-store.ts'
import { usePlaygroundStore } from './playground-store.ts'
import { draftOf, type Draft } from '../request/draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import { send } from './send.ts'
import { stepKey } from '../request/use-drafts.ts'
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
  const plan = planOf(lesson, stepId)
  for (const [index, step] of plan.entries()) {
    const at = { step, place: index + 1, total: plan.length }
    if (!(await runOne(lesson, at, step.id === stepId ? draft : draftOf(step), run))) return
  }
}

/** Resets the sandbox and runs every step in order, as written, each after what it needs. Throws as `runStep`. */
export async function runAll(lesson: LessonSteps, run: Run): Promise<void> {
  await resetAll()
  const ran: string[] = []
  for (const [index, target] of lesson.steps.entries()) {
    const plan = planOf(lesson, target.id)
    const needed = plan.slice(0, -1).map(({ id }) => id)
    // What ran last just now need not run again.
    const ready = needed.every((id, at) => ran[ran.length - needed.length + at] === id)
    for (const step of ready ? [target] : plan) {
      const at = { step, place: index + 1, total: lesson.steps.length }
      if (!(await runOne(lesson, at, draftOf(step), run))) return
      ran.push(step.id)
    }
  }
}

/** A request that is no step of a lesson, or not as one. */
export interface Single {
  draft: Draft
  /** Key of the draft; null for one that stands nowhere. */
  from: string | null
  /** The lesson whose values it may ask for, or ''. */
  slug: string
}

/** Sends one request. Throws an AbortError when stopped. */
export async function sendSingle(single: Single, run: Run): Promise<void> {
  const exchange = await send({ ...single, step: null, signal: run.signal })
  run.finished(exchange, summaryOf(exchange))
}

/** Resets the sandbox for the person who pressed the button: saved values and people created are forgotten. */
export async function resetAll(): Promise<void> {
  await usePeopleStore().reset()
  usePlaygroundStore().forget()
}

function planOf({ slug, steps }: LessonSteps, stepId: string): Step[] {
  return stepsToRun(steps, stepId, new Set(Object.keys(usePlaygroundStore().variables[slug] ?? {})))
}

/** @returns whether the run can go on: an answer came, whatever it was */
async function runOne(
  { slug }: LessonSteps,
  at: Omit<Progress, 'resets'>,
  draft: Draft,
  run: Run,
): Promise<boolean> {
  const { step } = at
  run.signal.throwIfAborted()
  run.began({ ...at, resets: step.fresh })
  if (step.fresh) {
    await usePeopleStore().reset()
    usePlaygroundStore().forgetOthers(slug)
  }
  const from = stepKey(slug, step.id)
  const exchange = await send({ draft, from, step, slug, signal: run.signal })
  run.finished(exchange, summaryOf(exchange))
  return exchange.outcome.kind !== 'failure'
}
