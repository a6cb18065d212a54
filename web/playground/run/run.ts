import { stepsToRun } from '#contract/run-plan.ts'
import type { Step } from '#contract/lesson.ts'
import { usePeopleStore } from './people-store.ts'
import { usePlaygroundStore } from './playground-store.ts'
import { draftOf, type RequestDraft } from '../request/draft.ts'
import { stateOf, type Exchange, type LessonSteps } from './exchange.ts'
import { send } from './send.ts'
import { stepKey } from '../request/use-drafts.ts'
import { summaryOf } from './summary.ts'

export { summaryOfRun } from './summary.ts'

/** What a run reports before each step. */
export interface Progress {
  step: Step
  /** From 1. */
  position: number
  total: number
  resets: boolean
}

export interface Run {
  signal: AbortSignal
  began(progress: Progress): void
  /** @param summary of the exchange in one line; `failed` if no response came or a claim failed */
  finished(exchange: Exchange, summary: string, failed: boolean): void
}

/**
 * Runs one step with the draft in its editor. Steps that it needs run first, in their original form.
 * @throws ApiFailure when the sandbox can't be reset; an AbortError when stopped
 */
export async function runStep(
  lesson: LessonSteps,
  stepId: string,
  draft: RequestDraft,
  run: Run,
): Promise<void> {
  const plan = planOf(lesson, stepId)
  for (const [index, step] of plan.entries()) {
    const progress = { step, position: index + 1, total: plan.length }
    if (!(await runOne(lesson, progress, step.id === stepId ? draft : draftOf(step), run))) return
  }
}

/** Resets the sandbox and runs every step in order, in its original form, each after the steps it needs. Throws as `runStep`. */
export async function runAll(lesson: LessonSteps, run: Run): Promise<void> {
  await resetAll()
  const ran: string[] = []
  for (const [index, target] of lesson.steps.entries()) {
    const plan = planOf(lesson, target.id)
    const needed = plan.slice(0, -1).map(({ id }) => id)
    // Steps that have just run need not run again.
    const ready = needed.every((id, index) => ran[ran.length - needed.length + index] === id)
    for (const step of ready ? [target] : plan) {
      const progress = { step, position: index + 1, total: lesson.steps.length }
      if (!(await runOne(lesson, progress, draftOf(step), run))) return
      ran.push(step.id)
    }
  }
}

/**
 * Resets the sandbox and runs steps with those that they need, each once, in the order of the lesson. Throws as `runStep`.
 * @returns whether each of them got a response, whatever its status
 */
export async function prepare(lesson: LessonSteps, stepIds: readonly string[], run: Run): Promise<boolean> {
  await resetAll()
  const wanted = new Set(stepIds.flatMap((id) => planOf(lesson, id)))
  const plan = lesson.steps.filter((step) => wanted.has(step))
  for (const [index, step] of plan.entries()) {
    const progress = { step, position: index + 1, total: plan.length }
    if (!(await runOne(lesson, progress, draftOf(step), run))) return false
  }
  return true
}

/** A request that isn't sent as a step of a lesson. */
export interface SingleRequest {
  draft: RequestDraft
  /** Key of the draft; null for a request that was never in the editor. */
  from: string | null
  /** The lesson whose saved values it may use, or ''. */
  slug: string
}

/** Sends one request. Throws an AbortError when stopped. */
export async function sendSingle(single: SingleRequest, run: Run): Promise<void> {
  const exchange = await send({ ...single, step: null, signal: run.signal })
  report(exchange, run)
}

/** Resets the sandbox at the user's request, and forgets saved values and created people. */
export async function resetAll(): Promise<void> {
  await usePeopleStore().reset()
  usePlaygroundStore().forget()
}

function planOf({ slug, steps }: LessonSteps, stepId: string): Step[] {
  return stepsToRun(steps, stepId, new Set(Object.keys(usePlaygroundStore().variables[slug] ?? {})))
}

/** @returns whether the run can continue: there was a response, whatever its status */
async function runOne(
  { slug }: LessonSteps,
  progress: Omit<Progress, 'resets'>,
  draft: RequestDraft,
  run: Run,
): Promise<boolean> {
  const { step } = progress
  run.signal.throwIfAborted()
  run.began({ ...progress, resets: step.fresh })
  if (step.fresh) {
    await usePeopleStore().reset()
    usePlaygroundStore().forgetOthers(slug)
  }
  const from = stepKey(slug, step.id)
  const exchange = await send({ draft, from, step, slug, signal: run.signal })
  report(exchange, run)
  return exchange.outcome.kind !== 'failure'
}

function report(exchange: Exchange, run: Run): void {
  run.finished(exchange, summaryOf(exchange), stateOf(exchange) === 'failed')
}
