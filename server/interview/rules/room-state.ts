import type { Clock } from '#contract/interview/clock.ts'
import type { Phase } from '#contract/interview/host-view.ts'
import type { Deadline, RoomMode } from '#contract/interview/interview.ts'
import type { Plan, Question, QuestionKey } from '#contract/interview/plan.ts'
import type { RecordedRequest } from '#contract/interview/recorded-request.ts'
import type { Scorecard } from '#contract/interview/scorecard.ts'
import type { SharedCard, SharedParts } from '#contract/interview/sharing.ts'
import type { TextDocument } from './text-document.ts'

/** How one question of the plan stands. Times are milliseconds since 1970. */
export interface QuestionState {
  askedAt: number | null
  /** When it was left last; null before that and while it is present again. */
  leftAt: number | null
  clock: Clock
  followUps: readonly number[]
  revealedAt: number | null
  /** What was written while it was present. */
  answer: TextDocument
  /** What came after it was left. */
  late: TextDocument
  /** When something last came late, also when it has since been asked again. */
  lateAt: number | null
}

/** One interviewer in this room: who, what they gave, what they share. */
export interface CardState {
  name: string
  card: Scorecard
  /** Notes by question; `''` are those to the whole. */
  notes: Readonly<Record<string, TextDocument>>
  shared: SharedCard
}

interface Connection {
  /** Null for the candidate. */
  interviewer: string | null
  instance: string
  since: number
}

/** A time without any connection of someone who had one. */
export interface Absence {
  interviewer: string | null
  from: number
  until: number | null
}

/** Everything about a room, folded from its events and from nothing else. */
export interface RoomState {
  /** Events so far, and those of them that the candidate may know of. */
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
  code: string
  sandbox: string
  keptUntil: number

  candidate: { name: string; keyHash: string; joinedAt: number; told: readonly string[] } | null
  seatFree: boolean

  phase: Phase
  startedAt: number | null
  endedAt: number | null
  present: QuestionKey | null
  /** The question that was present before, on own time between two. */
  lastLeft: QuestionKey | null
  questions: Readonly<Record<QuestionKey, QuestionState>>

  cards: Readonly<Record<string, CardState>>
  parts: SharedParts
  requests: readonly RecordedRequest[]

  connections: Readonly<Record<string, Connection>>
  absences: readonly Absence[]
  presenceEvents: number

  /** Bytes of all updates of texts. */
  textBytes: number
  /** Ids of the latest commands that aren't texts: texts know by themselves what they already have. */
  handled: ReadonlySet<string>
}

/** The plan's question of that key. */
export function planned(state: RoomState, key: QuestionKey): Question | undefined {
  return state.plan.questions.find((question) => question.key === key)
}
