import type { Rubric } from './rubric.ts'

// Apart from the schemas, so that a page can show these words without loading zod.

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
