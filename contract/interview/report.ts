import { z } from 'zod'
import { OwnRun, QuestionBug, ReportedRun } from './bug.ts'
import { MarkMoments, ReportQuote, SharedQuote } from './evidence.ts'
import { Duration, LessonSlug, Time, Uuid } from './identity.ts'
import { Interviewer, RoomMode } from './interview.ts'
import { PlannedLevel, Prose, QuestionKey } from './plan.ts'
import { FormerName, Gap } from './presence.ts'
import { Recommendation } from './recommendation.ts'
import { RecordedRequest } from './recorded-request.ts'
import { Rubric, Score } from './rubric.ts'
import { MarkedMoment } from './scorecard.ts'
import { SharedCard, SharedParts } from './sharing.ts'
import { Snippets } from './snippet.ts'
import { JudgedRequest, QuestionTask, TaskExpectation } from './task.ts'

/** One interviewer's assessment of one question. */
export const ReportMark = z.object({
  interviewer: Uuid,
  score: Score.nullable(),
  /** Whether they say that the question can't be assessed: then there are no ticks and flags either. */
  notAssessed: z.boolean(),
  /** Indices of the key points that the answer mentioned. */
  ticks: z.array(z.int().nonnegative()),
  /** Indices of the red flags that the answer raised. */
  flags: z.array(z.int().nonnegative()),
  /** The moments that the score, each tick and each red flag are about. */
  times: MarkMoments,
  /** Words of the answer, and requests, that speak for a key point or a red flag. */
  quotes: z.array(ReportQuote),
  notes: z.string(),
})
export type ReportMark = z.infer<typeof ReportMark>

/** Time, which never counts towards a score. */
export const ReportTime = z.object({ allotted: Duration, used: Duration })
export type ReportTime = z.infer<typeof ReportTime>

/** The task of a question: what the candidate expected of it, and what their requests came to. */
const ReportTask = z.object({
  task: QuestionTask,
  /** Null if they began without choosing, or didn't begin. */
  expectation: TaskExpectation.nullable(),
  judged: z.array(JudgedRequest),
})

const FileTexts = z.record(z.string(), z.string())

/** The bug of a question: what the candidate made of the project, and what came of it. */
export const ReportBug = z.object({
  bug: QuestionBug,
  /** Files that they changed, whole, as they were in time. */
  files: FileTexts,
  /** The same with what arrived late; null when nothing did. */
  withLate: FileTexts.nullable(),
  lateAt: Time.nullable(),
  /** What their browser reported. */
  runs: z.array(ReportedRun),
  /** What came of running their files in interviewers' own tabs. */
  ownRuns: z.array(OwnRun),
})
export type ReportBug = z.infer<typeof ReportBug>

export const ReportQuestion = z.object({
  key: QuestionKey,
  slug: LessonSlug.nullable(),
  title: z.string(),
  question: z.string(),
  level: PlannedLevel,
  topics: z.array(z.string()),
  asked: z.boolean(),
  /** The text that was written in time. */
  answer: z.string(),
  /** The whole text if part of it was typed offline and arrived late; null otherwise. */
  withLate: z.string().nullable(),
  lateAt: Time.nullable(),
  /** When the model answer was shown to the candidate. */
  revealedAt: Time.nullable(),
  /** Follow-up questions that were opened. */
  followUps: z.array(z.string()),
  keyPoints: z.array(z.string()),
  redFlags: z.array(z.string()),
  rubric: Rubric,
  /** One for each interviewer whose card may be seen, in the order of `interviewers`. */
  marks: z.array(ReportMark),
  /** Whether nothing in it counts: an interviewer says that it can't be assessed, and none of those seen assessed it. */
  notAssessed: z.boolean(),
  /** Where interviewers differ: the lowest and the highest score, and key points and red flags that some ticked and others didn't. */
  differ: z.object({
    scores: z.object({ lowest: Score, highest: Score }).nullable(),
    keyPoints: z.array(z.int().nonnegative()),
    redFlags: z.array(z.int().nonnegative()),
  }),
  requests: z.array(RecordedRequest),
  task: ReportTask.nullable(),
  bug: ReportBug.nullable(),
  snippets: Snippets,
  time: ReportTime,
})
export type ReportQuestion = z.infer<typeof ReportQuestion>

/** One score, with who gave it and for which question. */
export const GivenScore = z.object({ question: QuestionKey, interviewer: Uuid, score: Score })
export type GivenScore = z.infer<typeof GivenScore>

/** The scores of one topic: 3 and 4 are strong, 2 is fair, 0 and 1 are weak. Nothing is averaged. */
export const ReportTopic = z.object({
  topic: z.string(),
  strong: z.array(GivenScore),
  fair: z.array(GivenScore),
  weak: z.array(GivenScore),
  /** Key points that none of those who scored the question ticked. */
  missed: z.array(z.object({ question: QuestionKey, keyPoint: z.int().nonnegative() })),
})
export type ReportTopic = z.infer<typeof ReportTopic>

/** What one interviewer recommends, and why. */
export const ReportRecommendation = z.object({
  interviewer: Uuid,
  recommendation: Recommendation.nullable(),
  strengths: z.string(),
  concerns: z.string(),
})
export type ReportRecommendation = z.infer<typeof ReportRecommendation>

/** The report on a room as one interviewer may see it. */
export const Report = z.object({
  format: z.literal('viva-interview-report'),
  version: z.literal(1),
  room: Uuid,
  interview: Uuid,
  title: z.string(),
  /** The candidate's name, or the room's label when there is no name or names are hidden. */
  candidate: z.string(),
  formerNames: z.array(FormerName),
  mode: RoomMode,
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
  /** Those whose cards are included come first. `seen` is false for a card that may not be seen yet. */
  interviewers: z.array(z.object({ ...Interviewer.shape, handedIn: Time.nullable(), seen: z.boolean() })),
  questions: z.array(ReportQuestion),
  topics: z.array(ReportTopic),
  /** Of those whose cards are included and who recommend something or wrote a reason. */
  recommendations: z.array(ReportRecommendation),
  /** Notes on the interview as a whole, by interviewer. */
  notes: z.array(z.object({ interviewer: Uuid, text: z.string() })),
  moments: z.array(z.object({ interviewer: Uuid, ...MarkedMoment.shape })),
  gaps: z.array(Gap),
  /** Whether the room had as many recorded requests as it can hold, so that further ones were refused. */
  requestsFull: z.boolean(),
  /** Suggested lessons: those of questions with a score of 0 to 2. What the candidate gets is chosen in `share`. */
  study: z.array(z.object({ slug: LessonSlug, title: z.string() })),
  /** Whose report it is, and what is currently shared with the candidate: the common parts, and this interviewer's card. */
  you: Interviewer,
  shared: z.object({ parts: SharedParts, card: SharedCard }),
})
export type Report = z.infer<typeof Report>

/** Parts that interviewers don't share are missing. */
export const CandidateReportQuestion = z.strictObject({
  title: z.string(),
  question: z.string(),
  asked: z.boolean(),
  answer: z.string().optional(),
  /** With the answers: the task, and what they expected; null if they chose to just try it. */
  task: z.strictObject({ title: z.string(), ask: z.string(), expectation: z.string().nullable() }).optional(),
  /** With the answers: the bug, the files as they were given and as the candidate left them. */
  bug: z.strictObject({ title: z.string(), ask: z.string(), given: FileTexts, files: FileTexts }).optional(),
  snippets: Snippets.optional(),
  requests: z.array(RecordedRequest).optional(),
  time: ReportTime.optional(),
  modelAnswer: Prose.optional(),
  /** The assessments of those interviewers who share theirs. */
  marks: z.array(
    z.strictObject({
      interviewer: z.string(),
      score: Score.nullable().optional(),
      /** Present if they share scores or key points and say that the question can't be assessed: then neither is included. */
      notAssessed: z.literal(true).optional(),
      /** Every key point of the question, and whether the answer mentioned it. */
      keyPoints: z
        .array(z.strictObject({ text: z.string(), mentioned: z.boolean(), quotes: z.array(SharedQuote) }))
        .optional(),
      notes: z.string().optional(),
    }),
  ),
})
export type CandidateReportQuestion = z.infer<typeof CandidateReportQuestion>

/** The candidate's report: only what the interviewers share, and only questions that were asked. */
export const CandidateReport = z.strictObject({
  format: z.literal('viva-candidate-report'),
  version: z.literal(1),
  candidate: z.string(),
  startedAt: Time.nullable(),
  endedAt: Time.nullable(),
  questions: z.array(CandidateReportQuestion),
  /** Notes on the interview as a whole, by interviewers who share theirs. */
  notes: z.array(z.strictObject({ interviewer: z.string(), text: z.string() })),
  /** The candidate's strengths, by interviewers who share what they wrote about them. */
  strengths: z.array(z.strictObject({ interviewer: z.string(), text: z.string() })),
  study: z.array(LessonSlug),
})
export type CandidateReport = z.infer<typeof CandidateReport>
