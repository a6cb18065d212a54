import { z } from 'zod'
import { Expectation, JsonExpectation } from '../claim.ts'
import { PracticeRequest } from '../practice.ts'
import { LessonSlug, Time, Uuid } from './identity.ts'
import { LIMITS } from './limits.ts'

/** A task of the deck, as an interviewer chose it for a question. */
export const TaskChoice = z.strictObject({
  lesson: LessonSlug,
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(80),
})
export type TaskChoice = z.infer<typeof TaskChoice>

/** A near miss with a name. */
const Trap = z.object({
  sent: z.array(JsonExpectation),
  expect: Expectation.optional(),
  /** HTML without a block around it. */
  says: z.string(),
  /** The wrong belief behind it, or null. */
  belief: z.string().nullable(),
})

/** A task as an interview keeps it: lessons may change. All HTML comes from the deck. */
export const QuestionTask = z.object({
  ...TaskChoice.shape,
  title: z.string(),
  /** HTML. */
  ask: z.string(),
  /** What the editor holds at first; null for an empty GET. */
  start: PracticeRequest.nullable(),
  sent: z.array(JsonExpectation),
  expect: Expectation,
  traps: z.array(Trap),
  /** HTML; only interviewers see hints and the solution. */
  hints: z.array(z.string()),
  solution: z.array(PracticeRequest),
})
export type QuestionTask = z.infer<typeof QuestionTask>

/** What the candidate expected before the first request, in their words. `text` is null if they chose to just try it. */
export const TaskExpectation = z.object({
  text: z.string().nullable(),
  at: Time,
  /** It arrived after the question was left. */
  late: z.boolean(),
})
export type TaskExpectation = z.infer<typeof TaskExpectation>

/** The text of an expectation as it is sent. */
export const ExpectationText = z.string().trim().min(1).max(LIMITS.expectation)

/** One condition of a task, and what a request did. Secrets are hidden. */
const ClaimState = z.object({
  subject: z.string(),
  expected: z.string(),
  actual: z.string(),
  ok: z.boolean(),
})

/** What a request came to in the task of its question. */
export const Judgement = z.object({
  passed: z.boolean(),
  claims: z.array(ClaimState),
  /** Index of the near miss that it fell into, among the task's traps. */
  trap: z.int().nonnegative().nullable(),
})
export type Judgement = z.infer<typeof Judgement>

/** A judged request, by its id. */
export const JudgedRequest = z.object({ request: Uuid, judgement: Judgement })
export type JudgedRequest = z.infer<typeof JudgedRequest>

/** How many conditions hold. */
export function heldOf({ claims }: Pick<Judgement, 'claims'>): { held: number; of: number } {
  return { held: claims.filter(({ ok }) => ok).length, of: claims.length }
}

/** The request that got furthest, the first of several: one that passed, else the one in which most of the conditions hold. */
export function bestOf<J extends { judgement: Judgement }>(judged: readonly J[]): J | null {
  return judged.reduce<J | null>(
    (best, one) => (best === null || progress(one.judgement) > progress(best.judgement) ? one : best),
    null,
  )
}

function progress(judgement: Judgement): number {
  const { held, of } = heldOf(judgement)
  return judgement.passed ? 2 : held / Math.max(1, of)
}
