import type { Expectation, TraceExpectation } from '../claim.ts'
import type { Step } from '../step.ts'

/**
 * The parts of an expectation that the original gives evidence of. Pages such as /docs are Viva's own, and threads don't exist in
 * WebAssembly.
 */
export function visibleIn(expect: Expectation, isPage: boolean): Expectation {
  // Keys stay in their order: who compares the two as JSON finds them equal where all is visible.
  const visible = { ...expect }
  delete visible.burst
  if (isPage) delete visible.text
  const steps = expect.trace?.filter(isVisible) ?? []
  if (steps.length > 0) visible.trace = steps
  else delete visible.trace
  return visible
}

/** Summaries are the twin's own words. */
function isVisible({ detail = [] }: TraceExpectation): boolean {
  return !detail.some(({ path }) => path === 'summary')
}

/**
 * Whether a claim can be one of a bug's tests, as far as one can say before it runs: the original gives evidence of it, and it doesn't
 * compare two times, which a busy machine may turn round.
 * @param step whose claim it is
 */
export function canBeTested({ burst }: Pick<Step, 'burst'>, expect: Expectation): boolean {
  const comparesTimes = expect.trace?.some(({ longerThan }) => longerThan !== undefined) ?? false
  return burst === undefined && !comparesTimes && Object.keys(visibleIn(expect, false)).length > 0
}
