import type { OwnRun, ReportedRun } from '#contract/interview/bug.ts'
import type { ClockChange } from '#contract/interview/answer-time.ts'
import type { Clock } from '#contract/interview/clock.ts'
import type { ExtraTime } from '#contract/interview/extra-time.ts'
import type { Phase } from '#contract/interview/host-view.ts'
import type { Deadline, RoomMode } from '#contract/interview/interview.ts'
import type { Plan, Question, QuestionKey } from '#contract/interview/plan.ts'
import type { FormerName } from '#contract/interview/presence.ts'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import type { Scorecard } from '#contract/interview/scorecard.ts'
import type { SharedCard, SharedParts } from '#contract/interview/sharing.ts'
import type { Signal } from '#contract/interview/signal.ts'
import type { JudgedRequest, TaskExpectation } from '#contract/interview/task.ts'
import type { TextDocument } from './text-document.ts'

/** One file that the candidate changed: what was written while its question was current, and what arrived after. */
export type FileState = Pick<QuestionState, 'answer' | 'late'>

/** The state of one question of the plan. Times are milliseconds since the Unix epoch. */
export interface QuestionState {
  askedAt: number | null
  /** When it was last left; null before that and while it is current again. */
  leftAt: number | null
  /** Why it was left last: `time` when its clock or the deadline ended it. */
  leftBy: 'next' | 'time' | 'end' | null
  clock: Clock
  clockChanges: readonly ClockChange[]
  followUps: readonly number[]
  revealedAt: number | null
  /** What was written while it was current. */
  answer: TextDocument
  /** What arrived after it was left. */
  late: TextDocument
  /** When text last arrived late, even if the question has been asked again since. */
  lateAt: number | null
  /** What the candidate expected of its task; null before the task was begun. */
  expectation: TaskExpectation | null
  /** Files of the project that the candidate changed, by path, and when something of them last arrived late. */
  files: Readonly<Record<string, FileState>>
  filesLateAt: number | null
  /** Runs of the bug's checks: in the candidate's browser as it reports them, and in interviewers' own. */
  runs: readonly ReportedRun[]
  ownRuns: readonly OwnRun[]
}

/** One interviewer in this room: their name, card and notes, and what they share. */
export interface CardState {
  name: string
  card: Scorecard
  /** Notes by what they are on; `''` has those on the interview as a whole. */
  notes: Readonly<Record<string, TextDocument>>
  shared: SharedCard
}

interface Connection {
  /** Null for the candidate. */
  interviewer: string | null
  instance: string
  since: number
}

/** A period in which a person who had been connected was not. */
export interface Absence {
  interviewer: string | null
  from: number
  until: number | null
}

/** Everything about a room, folded only from its events. */
export interface RoomState {
  /** The number of events so far, and of those that the candidate may know about. */
  number: number
  candidateNumber: number
  /** Time of the newest event. */
  at: number

  room: string
  interview: string
  plan: Plan
  label: string
  mode: RoomMode
  deadline: Deadline | null
  extraTime: ExtraTime | null
  code: string
  sandbox: string
  keptUntil: number

  candidate: {
    name: string
    keyHash: string
    joinedAt: number
    told: readonly string[]
    formerNames: readonly FormerName[]
  } | null
  seatFree: boolean

  phase: Phase
  startedAt: number | null
  endedAt: number | null
  present: QuestionKey | null
  /** The question that is announced, and when it becomes the present one. */
  coming: { question: QuestionKey; due: number } | null
  /** What the candidate has told about the present question, and how often they have told anything. */
  signal: { kind: Signal; at: number } | null
  signals: number
  /** Id of the interviewer who leads; null before anyone has, and on own time. */
  leader: string | null
  /** On own time between two questions: the previous one. */
  lastLeft: QuestionKey | null
  questions: Readonly<Record<QuestionKey, QuestionState>>

  cards: Readonly<Record<string, CardState>>
  parts: SharedParts
  requests: readonly RecordedRequest[]
  /** Those requests that were sent for a task. */
  judged: readonly (JudgedRequest & { question: QuestionKey; isTold: boolean })[]

  connections: Readonly<Record<string, Connection>>
  absences: readonly Absence[]
  presenceEvents: number

  /** Bytes of all updates of texts. */
  textBytes: number
  /** Ids of the latest commands except texts, which recognize repeated updates by themselves. */
  handled: ReadonlySet<string>
}

/** The plan's question with that key. */
export function planned(state: RoomState, key: QuestionKey): Question | undefined {
  return state.plan.questions.find((question) => question.key === key)
}
