/** The version of the shapes below. A log with a higher one was written by a newer Viva. */
export const LOG_VERSION = 3

/** A day of study, such as `2026-11-29`. */
export type Day = string

/** What every event has. Ids are random, so that logs of several browsers can be merged. */
export interface Stamp {
  id: string
  version: number
  /** Milliseconds since 1970, by the clock of the browser that wrote it. */
  time: number
  /** The day of study there and then: another time zone must not move it. */
  day: Day
}

/** A question said or written, and checked by the learner. Key points are kept as texts, since a lesson may change. */
export interface Attempted {
  kind: 'attempt'
  slug: string
  /** Which sentence of the rubric fits, 0 to 4. */
  level: number
  named: string[]
  missed: string[]
  /** What the learner wrote, if anything. */
  written: string
  /** How long the answer took, or null without a clock. */
  seconds: number | null
  /** The follow-up that was asked, or null. */
  followUp: string | null
  /** The mock interview it belongs to, by the id of its event, or null. */
  mock: string | null
}

/** A mock interview was started. Its own id names it. */
interface MockStarted {
  kind: 'mock'
  slugs: string[]
  minutes: number
  /** Whether each answer is followed by one more question. */
  followUps: boolean
  /** Tasks that follow the questions, each as `<slug>/<id>`; none in older logs. */
  tasks?: string[]
}

/** A mock interview was ended before its last question, or its time, was over. */
interface MockEnded {
  kind: 'mock-ended'
  mock: string
}

/** A card of the review was graded: 1 again, 2 hard, 3 good, 4 easy. */
interface Reviewed {
  kind: 'review'
  card: string
  grade: number
  /** Of a prediction: ids of the misconceptions behind what was chosen. */
  misconceptions?: string[]
}

/** A learner said what a step would show, and then it ran. */
interface Predicted {
  kind: 'prediction'
  slug: string
  step: string
  /** Which of the step's questions was asked, such as `status`. */
  ask: string
  chosen: string
  actual: string
  /** Ids of the misconceptions behind a wrong one; absent from older logs. */
  misconceptions?: string[]
}

/** A quiz was answered. */
interface Answered {
  kind: 'quiz'
  slug: string
  quiz: string
  isRight: boolean
  /** Ids of the misconceptions behind what was chosen. */
  misconceptions: string[]
  /** Where it was a card of the review: its grade, as in `Reviewed`. */
  grade?: number
}

/** A task was passed, or given up. */
interface Tried {
  kind: 'task'
  slug: string
  task: string
  isPassed: boolean
  /** How many requests were sent for it, how many hints were shown, and whether the solution was. */
  requests: number
  hints: number
  sawSolution: boolean
  /** Ids of the misconceptions behind its near misses. */
  misconceptions: string[]
  /** The mock interview it belongs to, by the id of its event. */
  mock?: string
}

/** A card doesn't come again on this day. */
interface Buried {
  kind: 'bury'
  card: string
}

/** A card doesn't come again until it is resumed. */
interface Suspended {
  kind: 'suspend'
  card: string
  isSuspended: boolean
}

/** How much to review. The last one of the log holds. */
interface SettingsChanged {
  kind: 'settings'
  newPerDay: number
  reviewsPerDay: number
  /** The day of the real interview, if there is one. */
  interview: Day | null
}

/** A lesson was opened. */
interface Read {
  kind: 'read'
  slug: string
}

/** Claims of a lesson held while the learner watched. */
interface Proved {
  kind: 'proved'
  slug: string
  claims: string[]
}

/** A key point on a lesson page was ticked, or its tick was taken back. */
interface Ticked {
  kind: 'ticked'
  slug: string
  point: string
  isTicked: boolean
}

/** Lessons that were read, claims that were proved and ticks from before this don't count any more. */
interface Cleared {
  kind: 'cleared'
}

/** Another event is gone for good. This one stays, so that an older file doesn't bring it back. */
interface Removed {
  kind: 'removed'
  event: string
}

export type Fact =
  | Attempted
  | MockStarted
  | MockEnded
  | Reviewed
  | Predicted
  | Answered
  | Tried
  | Buried
  | Suspended
  | SettingsChanged
  | Read
  | Proved
  | Ticked
  | Cleared
  | Removed
export type StudyEvent = Stamp & Fact
/** An event of one kind. */
export type EventOf<K extends Fact['kind']> = Stamp & Extract<Fact, { kind: K }>

const SINCE_3: readonly Fact['kind'][] = ['read', 'proved', 'ticked', 'cleared']

/** The lowest version that knows a kind of event, so that an open page of an earlier one still reads all others. */
export function versionOf({ kind }: Fact): number {
  return SINCE_3.includes(kind) ? 3 : 2
}
