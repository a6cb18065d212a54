import type { Expectation } from '#contract/claim.ts'
import type { Lesson } from '#contract/lesson.ts'
import type { PracticeRequest } from '#contract/practice.ts'
import { claimsFor, requestId, requestSteps } from '../../deck/practice/requests.ts'
import { LessonClient, type ClaimOutcome } from '../../deck/testing/lesson-client.ts'

/** What a quiz or a task sends: a step of the lesson, or requests after some of its steps. */
export type Sending = { step: string } | { requests: readonly PracticeRequest[]; after: readonly string[] }

export interface SendOptions {
  lesson: Lesson
  sending: Sending
  /** What the last request is checked against, at least one. */
  expectations: readonly Expectation[]
}

/**
 * Sends requests in a fresh sandbox.
 * @param origin of the app, such as `http://localhost:8000`
 * @param longBursts see `LessonClient.run`
 * @returns how the last one came out, by expectation
 */
export async function runRequests(
  origin: string,
  { lesson, sending, expectations }: SendOptions,
  longBursts = false,
): Promise<ClaimOutcome[]> {
  const client = await LessonClient.open(origin)
  if ('step' in sending) {
    const steps = lesson.steps.map((step) =>
      step.id === sending.step ? { ...step, claims: claimsFor(expectations) } : step,
    )
    return client.run(steps, sending.step, { longBursts })
  }
  const steps = [...lesson.steps, ...requestSteps(sending.requests, sending.after, expectations)]
  let outcomes: ClaimOutcome[] = []
  for (const index of sending.requests.keys())
    outcomes = await client.run(steps, requestId(index), { longBursts })
  return outcomes
}
