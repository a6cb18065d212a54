import { z } from 'zod'
import { LessonSlug } from './identity.ts'

/** What the candidate's report includes apart from scorecards. Nothing, until an interviewer shares it. */
export const SharedParts = z.object({
  answers: z.boolean(),
  requests: z.boolean(),
  times: z.boolean(),
  modelAnswers: z.boolean(),
  /** Lessons to study next, chosen by an interviewer. */
  study: z.array(LessonSlug).max(30),
})
export type SharedParts = z.infer<typeof SharedParts>

/** What it includes of one interviewer's scorecard. Only that interviewer can share it, and only once the card is handed in. */
export const SharedCard = z.object({
  scores: z.boolean(),
  keyPoints: z.boolean(),
  notes: z.boolean(),
  /** The strengths that go with a recommendation. The recommendation itself and the concerns can't be shared. */
  strengths: z.boolean().default(false),
})
export type SharedCard = z.infer<typeof SharedCard>

export const NOTHING_SHARED: SharedParts = {
  ...{ answers: false, requests: false, times: false, modelAnswers: false },
  study: [],
}
export const NO_CARD_SHARED: SharedCard = { scores: false, keyPoints: false, notes: false, strengths: false }

/** What an interviewer shares: the common parts, and their own card. */
export const Sharing = z.strictObject({ parts: SharedParts, card: SharedCard })
export type Sharing = z.infer<typeof Sharing>
