import { z } from 'zod'
import { QuestionKey } from './plan.ts'

/** What an interviewer recommends for the candidate as a whole. It is chosen, never computed. */
export const Recommendation = z.enum(['strong-no', 'no', 'yes', 'strong-yes', 'no-decision'])
export type Recommendation = z.infer<typeof Recommendation>

/** What interviewers write notes on: a question, or the reasons of their recommendation. */
export const NotesSubject = z.union([QuestionKey, z.enum(['strengths', 'concerns'])])
export type NotesSubject = z.infer<typeof NotesSubject>
