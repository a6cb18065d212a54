import type { BurstReport } from '#contract/burst.ts'
import type { Claim } from '#contract/claim.ts'
import type { Check } from '#contract/evaluate.ts'
import type { Step } from '#contract/lesson.ts'
import type { PlainRequest } from '#contract/request.ts'
import type { TraceReport } from '#contract/trace.ts'
import type { Answer } from '../api/twin.ts'
import type { Draft } from '../request/draft.ts'

/** The part of a lesson that the playground needs. */
export interface LessonSteps {
  slug: string
  title: string
  steps: Step[]
}

/** A claim held against what came. */
export interface ClaimResult {
  claim: Claim
  checks: Check[]
  held: boolean
}

export type Outcome =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'burst'; report: BurstReport; ms: number }
  /** `busy`: the server had too much to do and began nothing, which says nothing of the step. */
  | { kind: 'failure'; message: string; busy?: boolean }

/** One send and what came of it. */
export interface Exchange {
  id: number
  /** ISO time of sending. */
  at: string
  traceId: string
  draft: Draft
  /** Key of the draft that it was sent from; null for one that stands nowhere, such as a forged token's. */
  from: string | null
  /** As it went out, variables and token filled in. */
  request: PlainRequest
  outcome: Outcome
  /** Fetched already when a claim needed it. */
  trace: TraceReport | null
  /** The step it was sent for, if any. */
  step: { slug: string; id: string; title: string } | null
  edited: boolean
  claims: ClaimResult[]
  /** What the claims need could not be read: the server was busy. */
  unchecked?: boolean
  /** What could not be done with the answer, in words. */
  notes: string[]
}

/** What a step has come to. `sent`: answered, but there was no claim to hold it against. */
export type StepState = 'waiting' | 'running' | 'held' | 'failed' | 'sent'

/** What a finished exchange says of its step; an edited request says nothing. */
export function stateOf({ outcome, claims }: Pick<Exchange, 'outcome' | 'claims'>): StepState {
  if (outcome.kind === 'failure') return outcome.busy === true ? 'waiting' : 'failed'
  if (claims.length === 0) return 'sent'
  return claims.every(({ held }) => held) ? 'held' : 'failed'
}
