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
