import type { Expectation, TraceExpectation } from '../claim.ts'
import type { Step } from '../step.ts'

/**
 * The parts of an expectation that the original gives evidence of. Pages such as /docs are Viva's own, and threads don't exist in
 * WebAssembly.
 */
export function visibleIn({ trace, burst: _, text, ...rest }: Expectation, isPage: boolean): Expectation {
  const steps = trace?.filter(isVisible) ?? []
  return {
    ...rest,
    ...(text === undefined || isPage ? {} : { text }),
    ...(steps.length > 0 ? { trace: steps } : {}),
  }
}

/** Summaries are the twin's own words; what SQLite or the CORS middleware refused, no hook of a library says. */
function isVisible({ step, verdict, detail = [] }: TraceExpectation): boolean {
  if (verdict === 'refused' && /^(models\.user|middleware\.cors)$/.test(step)) return false
  return !detail.some(({ path }) => path === 'summary')
}

/**
 * Whether a claim can be judged on the original, as far as one can say before it runs.
 * @param step whose claim it is
 */
export function canBeJudged({ burst }: Pick<Step, 'burst'>, expect: Expectation): boolean {
  return burst === undefined && Object.keys(visibleIn(expect, false)).length > 0
}
