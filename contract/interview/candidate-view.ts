import { z } from 'zod'
import { ProjectPath } from './bug.ts'
import { PracticeRequest } from '../practice.ts'
import { Step } from '../step.ts'
import { Clock } from './clock.ts'
import { Base64, Time, Uuid } from './identity.ts'
import { JoinCode } from './code.ts'
import { Deadline, RoomMode } from './interview.ts'
import { Phase } from './host-view.ts'
import { Prose, QuestionKey } from './plan.ts'
import { AskedPlayground } from './playground-mode.ts'
import { Gap, Presence } from './presence.ts'
import { Signal } from './signal.ts'
import { Snippets } from './snippet.ts'
import { TaskExpectation } from './task.ts'

/** What a candidate sees of a task: nothing that judges it, and nothing that helps. */
export const CandidateTask = z.strictObject({
  title: z.string(),
  /** HTML of the deck. */
  ask: z.string(),
  /** What the editor holds at first. */
  start: PracticeRequest.nullable(),
  /** Null before they have begun. */
  expectation: TaskExpectation.strict().nullable(),
  /** What the last request came to, where the playground explains; null elsewhere and before the first. */
  result: z
    .strictObject({ passed: z.boolean(), held: z.int().nonnegative(), of: z.int().nonnegative() })
    .nullable(),
})
export type CandidateTask = z.infer<typeof CandidateTask>

/** What a candidate sees of a bug: what was reported, the project that has it, and what a run checks. */
export const CandidateBug = z.strictObject({
  title: z.string(),
  /** HTML of the deck. */
  ask: z.string(),
  /** The files that have the bug, whole. */
  files: z.record(ProjectPath, z.string()),
  /** The files that can be changed. */
  paths: z.array(ProjectPath),
  steps: z.array(Step),
  /** Their own files so far, each as one Yjs update; those that they haven't changed are missing. */
  edits: z.record(ProjectPath, Base64),
  /** How many runs were reported. */
  runs: z.int().nonnegative(),
})
export type CandidateBug = z.infer<typeof CandidateBug>

/** The current question, and nothing about any other. Strict: a field that isn't listed here can't get through. */
export const CandidateQuestion = z.strictObject({
  key: QuestionKey,
  /** Its place among the questions asked so far, from 1; it keeps it when it is asked again. */
  number: z.int().positive(),
  title: z.string(),
  question: z.string(),
  clock: Clock,
  /** Follow-ups that were opened, without their answers. */
  followUps: z.array(z.string()),
  /** The model answer, once an interviewer reveals it. */
  revealed: Prose.nullable(),
  playground: AskedPlayground,
  /** What the candidate has told the interviewer about this question. */
  signal: Signal.nullable(),
  task: CandidateTask.nullable(),
  bug: CandidateBug.nullable(),
  snippets: Snippets,
  /** The candidate's own answer so far, as one Yjs update. */
  answer: Base64,
})
export type CandidateQuestion = z.infer<typeof CandidateQuestion>

/** Everything that a candidate's browser receives about a room. */
export const CandidateView = z.strictObject({
  room: Uuid,
  /**
   * Counts only the events that the candidate may know about: the log's own numbers would reveal when an interviewer ticks and
   * scores.
   */
  number: z.int().nonnegative(),
  now: Time,
  name: z.string(),
  mode: RoomMode,
  deadline: Deadline.nullable(),
  phase: Phase,
  endedAt: Time.nullable(),
  /** Whether the question before, or the last one, was left because its time was up. */
  timeWasUp: z.boolean(),
  /** The code that the candidate joined with: the invitation leads the browser back to this room. */
  code: JoinCode,
  /** Number of questions, how many of them were asked, and the candidate's minutes for all of them. */
  questions: z.int().positive(),
  asked: z.int().nonnegative(),
  minutes: z.int().positive(),
  /** Whether any question opens the playground. */
  playground: z.boolean(),
  /** Whether any question has a bug to fix; never which. */
  bug: z.boolean(),
  /** Null before the first question, after the last and, on own time, between two. */
  question: CandidateQuestion.nullable(),
  /** When the interviewer moves on from this question; null while that isn't announced. */
  comingAt: Time.nullable(),
  /** On own time between two questions: the one that was left, which `next` has to name. */
  leftQuestion: QuestionKey.nullable(),
  /** The sandbox that the playground uses. */
  sandbox: z.string(),
  interviewers: z.array(z.strictObject({ name: z.string(), presence: Presence })),
  gaps: z.array(Gap.strict()),
  /** Whether an interviewer has shared a report. */
  report: z.boolean(),
  recorded: z.array(z.string()),
  keptUntil: Time,
})
export type CandidateView = z.infer<typeof CandidateView>

/** Messages of a candidate's stream, each with the view's number as id; the first is a `view`. `replaced`: the seat now has another key. */
export const CandidateMessage = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('view'), view: CandidateView }),
  z.strictObject({ kind: z.literal('text'), number: z.int(), question: QuestionKey, update: Base64 }),
  z.strictObject({
    kind: z.literal('file'),
    number: z.int(),
    question: QuestionKey,
    file: ProjectPath,
    update: Base64,
  }),
  z.strictObject({ kind: z.literal('replaced') }),
  z.strictObject({ kind: z.literal('gone') }),
])
export type CandidateMessage = z.infer<typeof CandidateMessage>
