import { z } from 'zod'
import { Time, Uuid } from './identity.ts'
import { QuestionKey } from './plan.ts'
import { Score } from './rubric.ts'

/** A moment that an interviewer marked during the session. */
export const MarkedMoment = z.object({
  id: Uuid,
  at: Time,
  label: z.string(),
  question: QuestionKey.nullable(),
})
export type MarkedMoment = z.infer<typeof MarkedMoment>

/** One interviewer's scores, ticks, red flags and moments. Their notes are separate documents. */
export const Scorecard = z.object({
  /** By question; questions without a score are left out. */
  scores: z.record(QuestionKey, Score),
  /** By question: indices of the ticked key points, ascending. */
  ticks: z.record(QuestionKey, z.array(z.int().nonnegative())),
  /** By question: indices of the red flags, ascending. */
  flags: z.record(QuestionKey, z.array(z.int().nonnegative())),
  moments: z.array(MarkedMoment),
  /** When it was handed in. From then on it can't be changed. */
  handedIn: Time.nullable(),
})
export type Scorecard = z.infer<typeof Scorecard>

export const EMPTY_SCORECARD: Scorecard = { scores: {}, ticks: {}, flags: {}, moments: [], handedIn: null }
