import type { Bug } from '#contract/bug.ts'
import type { Claim } from '#contract/claim.ts'
import { testsOfBug } from '#contract/bug-edits.ts'
import type { JudgedClaim } from '#contract/judge-bug.ts'
import type { OriginalTab } from '#contract/original-tab/engine.ts'
import { canBeTested, visibleIn } from '#contract/original-tab/visible.ts'
import { variablesIn } from '#contract/variables.ts'
import { runSteps, type LessonRun, type StepRun } from './run-steps.ts'

/** The tests of a bug, as they ran: `runs` to show, `claims` to judge by. */
export interface TestRun {
  runs: StepRun[]
  claims: JudgedClaim[]
}

/**
 * Runs the tests of a bug in the project as it was last applied. Throws as `runLesson`.
 * @param lesson the bug's, with all of its steps
 * @param ran called after each step
 */
export async function runBug(
  tab: OriginalTab,
  bug: Pick<Bug, 'steps' | 'checks'>,
  lesson: LessonRun,
  ran: (run: StepRun) => void,
  signal: AbortSignal,
): Promise<TestRun> {
  const { steps, ids } = testsOfBug(bug, lesson.steps)
  const runs = await runSteps(tab, { ...lesson, steps }, ids, ran, signal)
  return { runs, claims: runs.flatMap(claimsOf) }
}

/** A claim that would have been judged, had nothing failed before it, isn't true. */
function claimsOf({ step, outcome }: StepRun): JudgedClaim[] {
  const named = (id: string, held: boolean): JudgedClaim => ({ name: `${step.id}/${id}`, held })
  const isTest = (claim: Claim): boolean => canBeTested(step, claim.expect)
  if (outcome.kind === 'left-out') return step.claims.filter(isTest).map(({ id }) => named(id, false))
  const { judgements } = outcome.reply
  return judgements
    .filter(({ claim }) => isTest(claim))
    .flatMap(({ claim, state }) => {
      const lacksValue = state === 'twin-only' && variablesIn(visibleIn(claim.expect, false)).length > 0
      return state === 'twin-only' && !lacksValue ? [] : [named(claim.id, state === 'held')]
    })
}
