import { z } from 'zod'
import { ExtraTime } from './extra-time.ts'
import { Duration, Uuid } from './identity.ts'
import { Deadline } from './interview.ts'
import { QuestionKey } from './plan.ts'
import { Recommendation } from './recommendation.ts'
import { Score } from './rubric.ts'
import { Phase } from './host-view.ts'

/** One candidate's outcome for one question, as one interviewer may see it. */
export const GridCell = z.object({
  question: QuestionKey,
  /** Whether it is in this candidate's set: with pools, not every question is. */
  inSet: z.boolean(),
  asked: z.boolean(),
  /** Scores by interviewer; never averaged. */
  scores: z.array(z.object({ interviewer: Uuid, score: Score })),
  /** Interviewers who say that the question can't be assessed. */
  notAssessed: z.array(Uuid),
  ticks: z.array(z.object({ interviewer: Uuid, count: z.int().nonnegative() })),
  used: Duration,
})
export type GridCell = z.infer<typeof GridCell>

export const GridRow = z.object({
  room: Uuid,
  /** The name, or the room's label when names are hidden or no one has joined. */
  candidate: z.string(),
  phase: Phase,
  deadline: Deadline.nullable(),
  extraTime: ExtraTime.nullable(),
  /** Recommendations by interviewer. Null until every scorecard that has something on it is submitted. */
  recommendations: z.array(z.object({ interviewer: Uuid, recommendation: Recommendation })).nullable(),
  cells: z.array(GridCell),
})
export type GridRow = z.infer<typeof GridRow>

/** Candidates by questions: every question of the set, including those that weren't drawn for a candidate. */
export const Grid = z.object({
  title: z.string(),
  questions: z.array(z.object({ key: QuestionKey, title: z.string(), keyPoints: z.int().nonnegative() })),
  interviewers: z.array(z.object({ id: Uuid, name: z.string() })),
  rows: z.array(GridRow),
})
export type Grid = z.infer<typeof Grid>
