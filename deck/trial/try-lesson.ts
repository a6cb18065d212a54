import type { Claim } from '#contract/claim.ts'
import { claimsOf, Step, type Lesson } from '#contract/lesson.ts'
import { evaluate } from '#contract/evaluate.ts'
import { stepsToRun } from '#contract/run-plan.ts'
import type { TraceStep } from '#contract/trace.ts'
import { LessonClient, type ClaimOutcome, type StepRun } from '../testing/lesson-client.ts'
import { answersEverything, onlyResponses, onlyStatuses, sameSteps, type Impostor } from './impostors.ts'

/** How a lesson came out against the app. */
export interface LessonTrial {
  /** Each step once, in order. */
  inOrder: StepTrial[]
  /** Each step by itself, after those that it needs, in a sandbox that others have used. */
  alone: StepTrial[]
}

/** How one step came out; or why it couldn't be sent, or its response not be read. */
export type StepTrial = StepRun | { step: Step; problem: string }

/**
 * Runs a lesson's steps against the app, in two sandboxes.
 * @param origin of the app, such as `http://localhost:8000`
 */
export async function tryLesson(origin: string, lesson: Pick<Lesson, 'steps'>): Promise<LessonTrial> {
  const inOrder = await tryInOrder(origin, lesson)
  return { inOrder, alone: await tryAlone(origin, lesson, inOrder) }
}

async function tryInOrder(origin: string, { steps }: Pick<Lesson, 'steps'>): Promise<StepTrial[]> {
  const learner = await LessonClient.open(origin)
  const trials: StepTrial[] = []
  for (const step of steps) trials.push(await tryStep(learner, steps, step))
  return trials
}

async function tryAlone(
  origin: string,
  { steps }: Pick<Lesson, 'steps'>,
  inOrder: readonly StepTrial[],
): Promise<StepTrial[]> {
  const learner = await LessonClient.open(origin)
  const trials: StepTrial[] = []
  for (const [index, step] of steps.entries()) {
    const plan = planOf(steps, step)
    // A step that resets the sandbox and needs no other has done the same in the lesson's order.
    if (plan.length === 1 && step.fresh) {
      trials.push(inOrder[index]!)
      continue
    }
    learner.forget()
    if (!plan[0]?.fresh) await useSandbox(learner)
    trials.push(await tryStep(learner, steps, step))
  }
  return trials
}

function planOf(steps: readonly Step[], step: Step): Step[] {
  return stepsToRun(steps, step.id, new Set())
}

async function tryStep(learner: LessonClient, steps: readonly Step[], step: Step): Promise<StepTrial> {
  try {
    return await learner.runStep(steps, step.id)
  } catch (error) {
    return { step, problem: error instanceof Error ? error.message : String(error) }
  }
}

/** What an earlier hour may have left behind: one person more, and Ada gone. */
async function useSandbox(learner: LessonClient): Promise<void> {
  const visitor = { name: 'Visitor', email: 'visitor@example.com', password: 'was-here-before' }
  const headers: [string, string][] = [['Content-Type', 'application/json']]
  await learner.send({ method: 'POST', path: '/users/', headers, body: JSON.stringify(visitor) })
  const token = await learner.tokenOf('ada')
  const authorization: [string, string][] = [['Authorization', `Bearer ${token}`]]
  await learner.send({ method: 'DELETE', path: '/users/1', headers: authorization, body: null })
}

/** The results of all claims of some steps. */
export function outcomesOf(trials: readonly StepTrial[]): ClaimOutcome[] {
  return trials.flatMap((trial) => ('outcomes' in trial ? trial.outcomes : []))
}

/** Claims that servers would pass which aren't the project. */
export interface FooledClaims {
  /** By one that answers everything with 200 and `{}`. */
  byAnything: Claim[]
  /** By one that gets only the status codes right. */
  byStatuses: Claim[]
  /** By one whose responses are right, though nothing ran inside. */
  byResponses: Claim[]
  /** By one that runs the steps of other requests. */
  byOtherSteps: Claim[]
}

/**
 * Checks claims against what other servers would have left.
 * @param inOrder how the steps came out in the app
 * @param others trace steps of requests that have nothing to do with the lesson: see `stepsOf`
 */
export function fooledClaims(
  lesson: Pick<Lesson, 'steps'>,
  inOrder: readonly StepTrial[],
  others: readonly TraceStep[][],
): FooledClaims {
  const outcomes = outcomesOf(inOrder)
  const fooledBy = (impostor: Impostor): Claim[] =>
    claimsOf(lesson).flatMap(({ claim }) => {
      const outcome = outcomes.find(({ claimId }) => claimId === claim.id)
      if (outcome === undefined) return []
      const checks = evaluate(claim.expect, impostor(outcome.evidence), outcome.variables)
      return checks.every(({ ok }) => ok) ? [claim] : []
    })
  const fooledByAll = others.map((steps) => fooledBy(sameSteps(steps)))
  // Middleware runs around every request.
  const isAboutAll = ({ expect: { trace } }: Claim): boolean =>
    trace?.every(({ step }) => step.startsWith('middleware.')) ?? true
  return {
    byAnything: fooledBy(answersEverything),
    byStatuses: fooledBy(onlyStatuses),
    byResponses: fooledBy(onlyResponses),
    byOtherSteps: (fooledByAll[0] ?? []).filter(
      (claim) => fooledByAll.every((fooled) => fooled.includes(claim)) && !isAboutAll(claim),
    ),
  }
}

/** Paths of requests that have to do with no lesson. */
const OTHER_PATHS = ['/items', '/lab/wait/async?ms=0']

/** The trace steps of requests that have nothing to do with any lesson. */
export async function otherSteps(origin: string): Promise<TraceStep[][]> {
  const learner = await LessonClient.open(origin)
  const claim = {
    id: 'c',
    sentence: 'a trace',
    shows: 'a trace',
    expect: { trace: [{ step: 'main.routers' }] },
  }
  const traces: TraceStep[][] = []
  for (const path of OTHER_PATHS) {
    const step = Step.parse({ id: 'get', title: 'A GET', note: 'A GET.', path, claims: [claim] })
    const { evidence } = await learner.runStep([step], 'get')
    traces.push(evidence.trace?.requests[0]?.steps ?? [])
  }
  return traces
}
