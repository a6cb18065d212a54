import { z } from 'zod'
import { Uuid } from './identity.ts'
import { QuestionKey } from './plan.ts'

/** One candidate's answer to a question: where it is found, and nothing about whose it is. */
const AnswerToScore = z.object({
  room: Uuid,
  /** Whether the interviewer has scored it, or marked it as not assessed. */
  scored: z.boolean(),
})

/** The answers to one question that an interviewer can score. */
export const AcrossQuestion = z.object({
  key: QuestionKey,
  title: z.string(),
  /** In an order that is shuffled for each interviewer and question, and stays the same. */
  answers: z.array(AnswerToScore),
  /** Candidates whose question isn't over yet, who weren't asked, and who don't have it in their set. */
  running: z.int().nonnegative(),
  notAsked: z.int().nonnegative(),
  notInSet: z.int().nonnegative(),
})
export type AcrossQuestion = z.infer<typeof AcrossQuestion>

/** An interview by questions, for scoring one of them across all candidates. It has no names and no labels. */
export const Across = z.object({ title: z.string(), questions: z.array(AcrossQuestion) })
export type Across = z.infer<typeof Across>
