import { z } from 'zod'

/** What a candidate can tell the interviewer without words: that they are done with a question, or would like one more minute. */
export const Signal = z.enum(['done', 'more-time'])
export type Signal = z.infer<typeof Signal>
