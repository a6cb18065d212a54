import type { Claim } from '#contract/claim.ts'
import { evaluate, evidenceNeeded, type Check, type Evidence } from '#contract/evaluate.ts'
import type { TraceReport } from '#contract/trace.ts'
import type { Variables } from '#contract/variables.ts'
import { ApiFailure } from '../../api/call.ts'
import { readStore } from '../api/store.ts'
import { readTrace } from '../api/traces.ts'
import type { Exchange, Outcome } from './exchange.ts'

/**
 * Holds claims against an outcome, and fetches what they need besides it.
 * @param variables values saved by this step and earlier ones
 */
export async function judge(
  claims: readonly Claim[],
  { outcome, traceId }: Pick<Exchange, 'outcome' | 'traceId'>,
  variables: Variables,
): Promise<Pick<Exchange, 'claims' | 'trace' | 'unchecked'>> {
  if (outcome.kind === 'failure') return { claims: [], trace: null }
  const redirected = outcome.kind === 'answer' && outcome.answer.redirected
  const needed = evidenceNeeded(claims)
  const [trace, rows] = await Promise.all([
    (needed.trace || redirected) && traceId !== '' ? readTrace(traceId).catch(unlessBusy) : null,
    needed.store ? readStore().catch(unlessBusy) : null,
  ])
  if (trace === 'busy' || rows === 'busy') return { claims: [], trace: null, unchecked: true }
  const evidence: Evidence = { ...receivedIn(outcome, trace), trace, store: rows }
  const results = claims.map((claim) => {
    const checks = checksOf(claim, evidence, variables)
    return { claim, checks, held: checks.length > 0 && checks.every(({ ok }) => ok) }
  })
  return { claims: results, trace }
}

/** What can't be read refutes a claim, unless the server had no time for it. */
function unlessBusy(error: unknown): 'busy' | null {
  return error instanceof ApiFailure && error.busy ? 'busy' : null
}

/** A claim that can't be judged doesn't hold, and the others are judged all the same. */
function checksOf(claim: Claim, evidence: Evidence, variables: Variables): Check[] {
  try {
    return evaluate(claim.expect, evidence, variables)
  } catch (error) {
    const actual = error instanceof Error ? error.message : String(error)
    return [{ subject: 'the claim itself', expected: 'can be checked', actual, ok: false }]
  }
}

function receivedIn(outcome: Exclude<Outcome, { kind: 'failure' }>, trace: TraceReport | null) {
  if (outcome.kind === 'burst') {
    return { status: 200, headers: {}, text: '', json: outcome.report, burst: outcome.report }
  }
  const { status, headers, text, json, redirected } = outcome.answer
  // The browser hides the answer that redirected; the trace has it.
  const first = redirected ? trace?.requests[0]?.status : undefined
  return { status: first ?? status, headers: Object.fromEntries(headers), text, json, burst: null }
}
