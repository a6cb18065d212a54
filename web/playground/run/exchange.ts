import type { BurstReport } from '#contract/burst.ts'
import type { Claim } from '#contract/claim.ts'
import type { Check } from '#contract/evaluate.ts'
import type { Step } from '#contract/lesson.ts'
import type { PlainRequest } from '#contract/request.ts'
import type { TraceReport } from '#contract/trace.ts'
import type { Answer } from '../api/send-request.ts'
import type { RequestDraft } from '../request/draft.ts'

/** The part of a lesson that the playground needs. */
export interface LessonSteps {
  slug: string
  title: string
  steps: Step[]
}

/** A claim checked against a response. */
export interface ClaimResult {
  claim: Claim
  checks: Check[]
  held: boolean
}

export type SendOutcome =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'burst'; report: BurstReport; ms: number }
  /** `busy`: the server was too busy to start, so this says nothing about the step. */
  | { kind: 'failure'; message: string; busy?: boolean }

/** A request that was sent, and its result. */
export interface Exchange {
  id: number
  /** ISO time of sending. */
  at: string
  traceId: string
  draft: RequestDraft
  /** Key of the draft that it was sent from; null for a request that was never in the editor, such as one with a forged token. */
  from: string | null
  /** As sent, with variables and token filled in. */
  request: PlainRequest
  outcome: SendOutcome
  /** Null until a claim or a view needs it. */
  trace: TraceReport | null
  /** The step it was sent for, if any. */
  step: ({ slug: string } & Pick<Step, 'id' | 'title' | 'note' | 'fresh' | 'after' | 'save'>) | null
  edited: boolean
  claims: ClaimResult[]
  /** The evidence that the claims need could not be read: the server was busy. */
  unchecked?: boolean
  /** What could not be done with the response, as messages. */
  notes: string[]
}

/** How far a step is. `sent`: it got a response, but has no claims to check. */
export type StepState = 'waiting' | 'running' | 'held' | 'failed' | 'sent'

/** The state in which a finished exchange leaves its step; only for an unedited request. */
export function stateOf({ outcome, claims }: Pick<Exchange, 'outcome' | 'claims'>): StepState {
  if (outcome.kind === 'failure') return outcome.busy === true ? 'waiting' : 'failed'
  if (claims.length === 0) return 'sent'
  return claims.every(({ held }) => held) ? 'held' : 'failed'
}
