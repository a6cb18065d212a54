import type { Expectation, TraceExpectation } from '../claim.ts'
import { sourcesOf } from '../request.ts'
import type { Step } from '../step.ts'
import { variablesIn } from '../variables.ts'

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
 * @param steps all that may run: a value that one takes from its trace isn't known to the original
 */
export function canBeJudged({ burst }: Step, expect: Expectation, steps: readonly Step[]): boolean {
  const visible = visibleIn(expect, false)
  const traced = steps
    .flatMap(sourcesOf)
    .flatMap(([name, source]) => (source.step === undefined ? [] : [name]))
  return (
    burst === undefined &&
    Object.keys(visible).length > 0 &&
    !variablesIn(visible).some((name) => traced.includes(name))
  )
}
