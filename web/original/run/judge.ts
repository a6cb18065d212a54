import type { Claim, Expectation } from '#contract/claim.ts'
import { evaluate, type Check, type Evidence } from '#contract/evaluate.ts'
import { visibleIn } from '#contract/original-tab/visible.ts'
import { variablesIn, type Variables } from '#contract/variables.ts'

/**
 * A claim about the original. `twin-only`: what it is about can't be seen there. `partly`: some of it can't; what is judged is in `checks`.
 */
export interface Judgement {
  claim: Claim
  state: 'held' | 'failed' | 'twin-only'
  partly: boolean
  checks: Check[]
}

/**
 * Judges a claim by what the original answered.
 * @param variables values that the original's own answers saved
 */
export function judge(claim: Claim, evidence: Evidence, variables: Variables): Judgement {
  const isPage = /^text\/html\b/.test(evidence.headers['content-type'] ?? '')
  const visible = visibleIn(claim.expect, isPage)
  const unknown = variablesIn(visible).some((name) => !Object.hasOwn(variables, name))
  if (unknown || Object.keys(visible).length === 0)
    return { claim, state: 'twin-only', partly: false, checks: [] }
  const checks = checksOf(visible, evidence, variables)
  const partly = JSON.stringify(visible) !== JSON.stringify(claim.expect)
  return { claim, state: checks.every(({ ok }) => ok) ? 'held' : 'failed', partly, checks }
}

function checksOf(expect: Expectation, evidence: Evidence, variables: Variables): Check[] {
  try {
    return evaluate(expect, evidence, variables)
  } catch (error) {
    const actual = error instanceof Error ? error.message : String(error)
    return [{ subject: 'the claim itself', expected: 'can be checked', actual, ok: false }]
  }
}
