import type { Claim } from '#contract/claim.ts'
import type { Step } from '#contract/lesson.ts'
import { savedFromTrace } from '#contract/request.ts'
import { evaluate, evidenceNeeded, type Check, type Evidence } from '#contract/evaluate.ts'
import type { TraceReport } from '#contract/trace.ts'
import type { Variables } from '#contract/variables.ts'
import { ApiFailure } from '../../api/call.ts'
import { readStore, readTrace } from '../api/evidence.ts'
import type { Exchange, SendOutcome } from './exchange.ts'

/** What came of a step's claims, and the values that the step saves from its trace. */
export interface ClaimsChecked extends Pick<Exchange, 'claims' | 'trace' | 'unchecked'> {
  saved: Variables
}

/**
 * Checks a step's claims against an outcome, and fetches the trace and rows that they need.
 * @param variables values saved by this step and earlier ones
 */
export async function checkClaims(
  step: Step | null,
  { outcome, traceId }: Pick<Exchange, 'outcome' | 'traceId'>,
  variables: Variables,
): Promise<ClaimsChecked> {
  if (outcome.kind === 'failure' || step === null) return { claims: [], trace: null, saved: {} }
  const evidence = await evidenceOf({ outcome, traceId }, evidenceNeeded(step))
  if (evidence === 'busy') return { claims: [], trace: null, saved: {}, unchecked: true }
  const { trace } = evidence
  const saved = savedFromTrace(step, trace)
  const results = step.claims.map((claim) => {
    const checks = checksOf(claim, evidence, { ...variables, ...saved })
    return { claim, checks, held: checks.length > 0 && checks.every(({ ok }) => ok) }
  })
  return { claims: results, trace, saved }
}

/**
 * What an outcome shows, with its trace and the sandbox's rows where they are needed.
 * @returns `busy` if the server was too busy to hand them out
 */
export async function evidenceOf(
  { outcome, traceId }: { outcome: Exclude<SendOutcome, { kind: 'failure' }>; traceId: string },
  needed: { trace: boolean; store: boolean },
): Promise<Evidence | 'busy'> {
  const redirected = outcome.kind === 'answer' && outcome.answer.redirected
  const [trace, rows] = await Promise.all([
    (needed.trace || redirected) && traceId !== '' ? readTrace(traceId).catch(unlessBusy) : null,
    needed.store ? readStore().catch(unlessBusy) : null,
  ])
  if (trace === 'busy' || rows === 'busy') return 'busy'
  return { ...responseIn(outcome, trace), trace, store: rows }
}

/** Evidence that can't be read fails a claim, unless the server was busy. */
function unlessBusy(error: unknown): 'busy' | null {
  return error instanceof ApiFailure && error.busy ? 'busy' : null
}

/** A claim that can't be checked fails, and the others are still checked. */
function checksOf(claim: Claim, evidence: Evidence, variables: Variables): Check[] {
  try {
    return evaluate(claim.expect, evidence, variables)
  } catch (error) {
    const actual = error instanceof Error ? error.message : String(error)
    return [{ subject: 'the claim itself', expected: 'can be checked', actual, ok: false }]
  }
}

function responseIn(outcome: Exclude<SendOutcome, { kind: 'failure' }>, trace: TraceReport | null) {
  if (outcome.kind === 'burst') {
    return { status: 200, headers: {}, text: '', json: outcome.report, burst: outcome.report }
  }
  const { status, headers, text, json, redirected } = outcome.answer
  // The browser hides the redirect response itself; the trace has it.
  const first = redirected ? trace?.requests[0]?.status : undefined
  return { status: first ?? status, headers: Object.fromEntries(headers), text, json, burst: null }
}
