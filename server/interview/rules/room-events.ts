import { z } from 'zod'
import { TabRun, ProjectPath } from '#contract/interview/bug.ts'
import { JoinCode } from '#contract/interview/code.ts'
import { QuoteSource, QuoteTarget } from '#contract/interview/evidence.ts'
import { ExtraTime } from '#contract/interview/extra-time.ts'
import { Base64, Duration, KeyHash, PersonName, Time, Uuid } from '#contract/interview/identity.ts'
import { Deadline, RoomMode } from '#contract/interview/interview.ts'
import { Plan, QuestionKey } from '#contract/interview/plan.ts'
import { NotesSubject, Recommendation } from '#contract/interview/recommendation.ts'
import { RecordedRequest } from '#contract/interview/recorded-request.ts'
import { Score } from '#contract/interview/rubric.ts'
import { SharedCard, SharedParts } from '#contract/interview/sharing.ts'
import { Signal } from '#contract/interview/signal.ts'
import { ExpectationText, Judgement } from '#contract/interview/task.ts'

const question = QuestionKey
const interviewer = Uuid
const place = z.int().nonnegative()
/** The time of the session that something is about, if it isn't the event's own; rooms of earlier versions have none. */
const about = Time.optional()

/**
 * The fields of every stored event. `at` is the rules' own time, which never decreases within a room, whatever clock the storage has;
 * `command` is the command that caused it, null if none did.
 */
const envelope = { v: z.literal(1), at: Time, command: Uuid.nullable() }

/** Everything that can happen in a room, as it is stored. A changed shape gets a new `v`; stored ones stay readable. */
export const RoomEvent = z.discriminatedUnion('type', [
  z.object({
    ...envelope,
    type: z.literal('room-opened'),
    room: Uuid,
    interview: Uuid,
    plan: Plan,
    /** The questions that were drawn for this candidate, in their order; missing where the plan is the interview's. */
    questions: z.array(QuestionKey).optional(),
    label: z.string(),
    mode: RoomMode,
    deadline: Deadline.nullable(),
    code: JoinCode,
    sandbox: z.string(),
    keptUntil: Time,
    extraTime: ExtraTime.nullable().default(null),
  }),
  z.object({ ...envelope, type: z.literal('deadline-moved'), interviewer, deadline: Deadline }),
  z.object({
    ...envelope,
    type: z.literal('extra-time-set'),
    interviewer,
    extraTime: ExtraTime.nullable(),
  }),
  /** Null: the candidate took it back. */
  z.object({ ...envelope, type: z.literal('candidate-signaled'), question, signal: Signal.nullable() }),
  /** `told` is what the candidate read about recording and agreed to. */
  z.object({
    ...envelope,
    type: z.literal('candidate-joined'),
    name: PersonName,
    keyHash: KeyHash,
    told: z.array(z.string()),
  }),
  z.object({ ...envelope, type: z.literal('seat-freed'), interviewer }),
  z.object({ ...envelope, type: z.literal('interviewer-joined'), interviewer, name: PersonName }),

  z.object({ ...envelope, type: z.literal('question-asked'), question }),
  /** `due` is when the question will be asked. */
  z.object({ ...envelope, type: z.literal('question-announced'), question, due: Time }),
  z.object({ ...envelope, type: z.literal('announcement-withdrawn') }),
  z.object({ ...envelope, type: z.literal('lead-taken'), interviewer }),
  z.object({ ...envelope, type: z.literal('question-left'), question, why: z.enum(['next', 'time', 'end']) }),
  z.object({ ...envelope, type: z.literal('clock-paused'), question }),
  z.object({ ...envelope, type: z.literal('clock-resumed'), question }),
  z.object({ ...envelope, type: z.literal('time-added'), question, milliseconds: Duration }),
  z.object({ ...envelope, type: z.literal('follow-up-opened'), question, followUp: place }),
  z.object({ ...envelope, type: z.literal('answer-revealed'), question }),
  z.object({ ...envelope, type: z.literal('room-ended'), why: z.enum(['host', 'done', 'deadline']) }),

  /** `late`: it arrived after the question was left, and is kept separately from text that was in time. */
  z.object({ ...envelope, type: z.literal('answer-written'), question, update: Base64, late: z.boolean() }),
  /** The task of a question is begun; `text` is null if the candidate chose to just try it. */
  z.object({
    ...envelope,
    type: z.literal('expectation-given'),
    question,
    text: ExpectationText.nullable(),
    late: z.boolean(),
  }),
  /** The first change of a file has the whole of it, as the candidate was given it. */
  z.object({
    ...envelope,
    type: z.literal('file-edited'),
    question,
    file: ProjectPath,
    update: Base64,
    late: z.boolean(),
  }),
  /** A run of a bug's checks, as the candidate's browser reports it. */
  z.object({ ...envelope, type: z.literal('run-reported'), question, run: TabRun, late: z.boolean() }),
  /** The same in an interviewer's own tab. */
  z.object({ ...envelope, type: z.literal('run-kept'), interviewer, question, run: TabRun }),
  /** `judgement`: what it came to in the task of its question; `isTold`: whether the candidate is told how much of it holds. */
  z.object({
    ...envelope,
    type: z.literal('request-recorded'),
    request: RecordedRequest,
    judgement: Judgement.nullable().optional(),
    isTold: z.boolean().optional(),
  }),

  z.object({
    ...envelope,
    type: z.literal('key-point-ticked'),
    interviewer,
    question,
    keyPoint: place,
    ticked: z.boolean(),
    about,
  }),
  z.object({
    ...envelope,
    type: z.literal('red-flag-raised'),
    interviewer,
    question,
    redFlag: place,
    raised: z.boolean(),
    about,
  }),
  z.object({ ...envelope, type: z.literal('scored'), interviewer, question, score: Score.nullable(), about }),
  z.object({
    ...envelope,
    type: z.literal('quote-bound'),
    interviewer,
    quote: Uuid,
    question,
    target: QuoteTarget,
    source: QuoteSource,
    about,
  }),
  z.object({ ...envelope, type: z.literal('quote-removed'), interviewer, quote: Uuid }),
  z.object({
    ...envelope,
    type: z.literal('marked-not-assessed'),
    interviewer,
    question,
    notAssessed: z.boolean(),
  }),
  z.object({
    ...envelope,
    type: z.literal('notes-written'),
    interviewer,
    question: NotesSubject.nullable(),
    update: Base64,
  }),
  z.object({
    ...envelope,
    type: z.literal('recommended'),
    interviewer,
    recommendation: Recommendation.nullable(),
  }),
  z.object({
    ...envelope,
    type: z.literal('moment-marked'),
    interviewer,
    moment: Uuid,
    label: z.string(),
    question: question.nullable(),
    about,
  }),
  z.object({ ...envelope, type: z.literal('moment-removed'), interviewer, moment: Uuid }),
  z.object({ ...envelope, type: z.literal('handed-in'), interviewer }),
  z.object({ ...envelope, type: z.literal('taken-back'), interviewer }),
  z.object({ ...envelope, type: z.literal('shared'), interviewer, parts: SharedParts, card: SharedCard }),

  /** `interviewer` is null for the candidate. */
  z.object({
    ...envelope,
    type: z.literal('connected'),
    interviewer: interviewer.nullable(),
    connection: Uuid,
    instance: z.string(),
  }),
  z.object({ ...envelope, type: z.literal('disconnected'), connection: Uuid }),
])
export type RoomEvent = z.infer<typeof RoomEvent>

type WithoutEnvelope<E> = E extends unknown ? Omit<E, 'v' | 'at' | 'command'> : never

/** An event before it is stamped. */
export type RoomChange = WithoutEnvelope<RoomEvent>

export type RoomEventOf<T extends RoomEvent['type']> = Extract<RoomEvent, { type: T }>
