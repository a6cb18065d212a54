import { z } from 'zod'

/** The score that an interviewer gives for one question. */
export const Score = z.int().min(0).max(4)
export type Score = z.infer<typeof Score>

/** Five sentences: what an answer of 0, 1, 2, 3 and 4 sounds like. */
export const Rubric = z.tuple([sentence(), sentence(), sentence(), sentence(), sentence()])
export type Rubric = z.infer<typeof Rubric>

function sentence() {
  return z.string().min(10).max(400)
}

/** A word for each score, for places where a sentence is too long. */
export const SCORE_WORDS = ['no answer', 'fragments', 'the basics', 'solid', 'excellent'] as const

/** For a question that has no rubric of its own. */
export const GENERIC_RUBRIC: Rubric = [
  'No answer, or one that is wrong from the first sentence.',
  'Some right words, but they are unconnected and don’t survive a follow-up question.',
  'The basics are right; about half of the key points are mentioned, some of them only when asked.',
  'Right and in their own words; most key points come unprompted, and a follow-up is answered.',
  'Complete and exact, with limits, reasons and an example from practice; common misconceptions are named.',
]
