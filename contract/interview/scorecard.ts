import { z } from 'zod'
import { MarkMoments, Quote } from './evidence.ts'
import { Time, Uuid } from './identity.ts'
import { QuestionKey } from './plan.ts'
import { Recommendation } from './recommendation.ts'
import { Score } from './rubric.ts'

/** A moment that an interviewer marked during the session. */
export const MarkedMoment = z.object({
  id: Uuid,
  at: Time,
  label: z.string(),
  question: QuestionKey.nullable(),
})
export type MarkedMoment = z.infer<typeof MarkedMoment>

/** One interviewer's scores, ticks, red flags, quotes, moments and recommendation. Their notes are separate documents. */
export const Scorecard = z.object({
  /** By question; questions without a score are left out. */
  scores: z.record(QuestionKey, Score),
  /** Questions in which nothing counts: they have no score, and what is ticked in them is ignored. */
  notAssessed: z.array(QuestionKey),
  /** By question: indices of the ticked key points, ascending. */
  ticks: z.record(QuestionKey, z.array(z.int().nonnegative())),
  /** By question: indices of the red flags, ascending. */
  flags: z.record(QuestionKey, z.array(z.int().nonnegative())),
  /** Words of the answers and requests that speak for a key point or a red flag, in the order in which they were bound. */
  quotes: z.array(Quote),
  /** By question: the moment that each score, tick, red flag and quote is about. */
  times: z.record(QuestionKey, MarkMoments),
  moments: z.array(MarkedMoment),
  recommendation: Recommendation.nullable(),
  /** When it was handed in. From then on it can't be changed. */
  handedIn: Time.nullable(),
})
export type Scorecard = z.infer<typeof Scorecard>

export const EMPTY_SCORECARD: Scorecard = {
  ...{ scores: {}, notAssessed: [], ticks: {}, flags: {}, quotes: [], times: {}, moments: [] },
  recommendation: null,
  handedIn: null,
}
