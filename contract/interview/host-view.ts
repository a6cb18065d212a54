import { z } from 'zod'
import { OwnRun, ProjectPath, ReportedRun } from './bug.ts'
import { Clock } from './clock.ts'
import { JoinCode } from './code.ts'
import { ExtraTime } from './extra-time.ts'
import { Base64, Time, Uuid } from './identity.ts'
import { Deadline, Interviewer, RoomMode } from './interview.ts'
import { Plan, QuestionKey } from './plan.ts'
import { FormerName, Gap, Presence } from './presence.ts'
import { NotesSubject } from './recommendation.ts'
import { RecordedRequest } from './recorded-request.ts'
import { Scorecard } from './scorecard.ts'
import { SharedCard, SharedParts } from './sharing.ts'
import { Signal } from './signal.ts'
import { Judgement, JudgedRequest, TaskExpectation } from './task.ts'

/** `open`: no question has been asked yet. */
export const Phase = z.enum(['open', 'running', 'ended'])
export type Phase = z.infer<typeof Phase>

/** The state of a question; its text is in the plan. */
export const HostQuestion = z.object({
  key: QuestionKey,
  state: z.enum(['waiting', 'present', 'left']),
  askedAt: Time.nullable(),
  leftAt: Time.nullable(),
  clock: Clock,
  /** Follow-ups that the candidate sees, by their index in the plan. */
  followUps: z.array(z.int().nonnegative()),
  /** When the model answer was shown to the candidate. */
  revealedAt: Time.nullable(),
  /** When the answer was last edited, late text included. */
  writtenAt: Time.nullable(),
  /** When text typed offline last arrived after the question was left; null when none did. */
  lateAt: Time.nullable(),
  requests: z.int().nonnegative(),
  /** What the candidate expected of the task; null before they have begun it, and where there is none. */
  expectation: TaskExpectation.nullable(),
  /** What the candidate did about the question's bug; null where there is none. Their files are texts. */
  bug: z
    .object({
      runs: z.int().nonnegative(),
      last: ReportedRun.nullable(),
      /** When something of their files arrived after the question was left; null when nothing did. */
      lateAt: Time.nullable(),
      /** The newest run of their files in an interviewer's own tab. */
      own: OwnRun.nullable(),
    })
    .nullable(),
})
export type HostQuestion = z.infer<typeof HostQuestion>

/** Another interviewer. Their card and notes are null until both have handed in. */
const OtherInterviewer = z.object({
  ...Interviewer.shape,
  presence: Presence,
  handedIn: Time.nullable(),
  card: Scorecard.nullable(),
  /** Text by what it is on; `''` has the notes on the interview as a whole. */
  notes: z.record(z.string(), z.string()).nullable(),
})

/** A room as one interviewer sees it, without the large parts: plan, texts and requests. */
export const HostView = z.object({
  room: Uuid,
  interview: Uuid,
  /** Number of the newest event that it includes. */
  number: z.int().nonnegative(),
  /** The server's time when this was made: the browser corrects clocks by the difference from its own. */
  now: Time,
  label: z.string(),
  code: JoinCode,
  mode: RoomMode,
  deadline: Deadline.nullable(),
  phase: Phase,
  endedAt: Time.nullable(),
  /** Null until a candidate joins. A hidden name is replaced by the room's label. */
  candidate: z
    .object({ name: z.string(), joinedAt: Time, presence: Presence, formerNames: z.array(FormerName) })
    .nullable(),
  /** Extra time on each question's clock, included in those clocks. */
  extraTime: ExtraTime.nullable(),
  /** What the candidate has told about the current question. */
  signal: z.object({ kind: Signal, at: Time }).nullable(),
  /** Whether someone can join with the code. */
  seatFree: z.boolean(),
  present: QuestionKey.nullable(),
  /** The question that is announced, and when it becomes the current one. */
  coming: z.object({ question: QuestionKey, due: Time }).nullable(),
  /** Id of the interviewer who leads a live interview: the first one who did anything that leads it, until another takes over. */
  leader: Uuid.nullable(),
  questions: z.array(HostQuestion),
  you: Interviewer,
  card: Scorecard,
  others: z.array(OtherInterviewer),
  gaps: z.array(Gap),
  /** Whether the room has as many recorded requests as it can hold: the candidate's playground refuses any more. */
  requestsFull: z.boolean(),
  parts: SharedParts,
  sharedCard: SharedCard,
  keptUntil: Time,
  /** What links begin with, if the server is configured with it; null means the address of the page. */
  publicUrl: z.string().nullable(),
})
export type HostView = z.infer<typeof HostView>

/** Which text an update belongs to. Notes are always one's own; with null they are on the interview as a whole. */
export const HostDocument = z.discriminatedUnion('of', [
  z.object({ of: z.literal('answer'), question: QuestionKey }),
  /** A file of the project as the candidate changed it; without a text, it is as it was given to them. */
  z.object({ of: z.literal('file'), question: QuestionKey, file: ProjectPath }),
  z.object({ of: z.literal('notes'), question: NotesSubject.nullable() }),
])
export type HostDocument = z.infer<typeof HostDocument>

const HostText = z.object({ document: HostDocument, update: Base64 })

/** Messages of an interviewer's stream, each with the event's number as id; the first is `opening`, which contains everything. */
export const HostMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('opening'),
    view: HostView,
    plan: Plan,
    texts: z.array(HostText),
    requests: z.array(RecordedRequest),
    judged: z.array(JudgedRequest),
  }),
  z.object({ kind: z.literal('view'), view: HostView }),
  z.object({ kind: z.literal('text'), number: z.int(), ...HostText.shape, late: z.boolean(), at: Time }),
  /** `judgement` is null where the question has no task. */
  z.object({
    kind: z.literal('request'),
    number: z.int(),
    request: RecordedRequest,
    judgement: Judgement.nullable(),
  }),
  z.object({ kind: z.literal('gone') }),
])
export type HostMessage = z.infer<typeof HostMessage>
