import { createHash } from 'node:crypto'
import type { Expectation } from '#contract/claim.ts'
import type { Step } from '#contract/lesson.ts'
import type { OrderQuiz, PracticeRequest, PredictQuiz, Quiz } from '#contract/practice.ts'
import { stepsToRun } from '#contract/run-plan.ts'
import type { z } from 'zod'

/** A quiz whose key a run finds. */
export type RunQuiz = z.infer<typeof PredictQuiz> | z.infer<typeof OrderQuiz>

export function isRunQuiz(quiz: Quiz): quiz is RunQuiz {
  return quiz.kind === 'predict' || quiz.kind === 'order'
}

/** The id that the request with this index has as a step: one that no lesson can use. */
export function requestId(index: number): string {
  return `request.${index + 1}`
}

/**
 * Requests as steps that follow a lesson's own, the first one after those that it needs.
 * @param after ids of steps of the lesson
 * @param expectations what the last request is checked against: one claim for each, named `expect.0`, `expect.1` …
 */
export function requestSteps(
  requests: readonly PracticeRequest[],
  after: readonly string[],
  expectations: readonly Expectation[] = [],
): Step[] {
  return requests.map((request, index) => ({
    ...request,
    id: requestId(index),
    title: `Request ${index + 1}`,
    note: 'A request of a task or a quiz.',
    fresh: false,
    after: index === 0 ? [...after] : [],
    claims: index === requests.length - 1 ? claimsFor(expectations) : [],
  }))
}

/** Expectations as claims, named `expect.0`, `expect.1` … */
export function claimsFor(expectations: readonly Expectation[]): Step['claims'] {
  return expectations.map((expect, index) => ({
    id: `expect.${index}`,
    sentence: 'What is asked.',
    shows: 'What is asked.',
    expect,
  }))
}

/** Steps of a lesson and all that they need, in order. Ids of no step are left out. */
export function closureOf(steps: readonly Step[], ids: readonly string[]): Step[] {
  const known = ids.filter((id) => steps.some((step) => step.id === id))
  const needed = new Set(known.flatMap((id) => stepsToRun(steps, id, new Set())))
  return steps.filter((step) => needed.has(step))
}

/**
 * What a key depends on: the requests, and what is asked of the last one. Words may change without a new run.
 * @param steps of the quiz's lesson
 */
export function digestOf(quiz: RunQuiz, steps: readonly Step[]): string {
  const asked =
    quiz.kind === 'predict' ? quiz.options.map(({ when }) => when) : quiz.cards.map(({ step }) => step)
  const requests = quiz.requests ?? closureOf(steps, [quiz.step ?? '']).map(requestOf)
  return createHash('sha256')
    .update(JSON.stringify([quiz.kind, asked, requests]))
    .digest('hex')
    .slice(0, 16)
}

function requestOf({ title: _title, note: _note, claims: _claims, ...request }: Step): object {
  return request
}
