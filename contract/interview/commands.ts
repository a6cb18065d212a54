import { z } from 'zod'
import { TabRun, ProjectPath } from './bug.ts'
import { QuoteSource, QuoteTarget } from './evidence.ts'
import { ExtraTime } from './extra-time.ts'
import { Base64, Duration, Key, PersonName, Time, Uuid } from './identity.ts'
import { Deadline } from './interview.ts'
import { LIMITS } from './limits.ts'
import { QuestionKey } from './plan.ts'
import { NotesSubject, Recommendation } from './recommendation.ts'
import { Score } from './rubric.ts'
import { Signal } from './signal.ts'
import { SharedCard, SharedParts } from './sharing.ts'
import { ExpectationText } from './task.ts'

/** Every command has an id made by the browser: a command that is sent twice takes effect once. */
const id = Uuid
const question = QuestionKey
const update = Base64.max(Math.ceil((LIMITS.updateBytes * 4) / 3) + 4)

/** The time of the session that something on a scorecard is about: earlier than the command's own when it waited offline, or belongs to a replay. */
const about = Time.optional()

/** What an interviewer can do in a room. */
export const HostCommand = z.discriminatedUnion('type', [
  /** Makes a question the current one. The first time, this starts the interview. */
  z.strictObject({ id, type: z.literal('go-to'), question }),
  /** Makes a question the current one in `HAND_OVER_MS`, so that the candidate can finish a sentence; at once where nothing is being asked. */
  z.strictObject({ id, type: z.literal('announce'), question }),
  /** Takes that back, as long as the candidate hasn't got the question. */
  z.strictObject({ id, type: z.literal('withdraw') }),
  /** Takes over from the interviewer who leads. */
  z.strictObject({ id, type: z.literal('take-lead') }),
  z.strictObject({ id, type: z.literal('pause') }),
  z.strictObject({ id, type: z.literal('resume') }),
  /** Adds time to the current question. */
  z.strictObject({ id, type: z.literal('add-time'), milliseconds: Duration.min(10_000).max(3_600_000) }),
  /** Shows a follow-up of the current question to the candidate, by its index in the plan. */
  z.strictObject({ id, type: z.literal('open-follow-up'), question, followUp: z.int().nonnegative() }),
  /** Shows the model answer of the current question to the candidate. */
  z.strictObject({ id, type: z.literal('reveal'), question }),
  z.strictObject({
    id,
    type: z.literal('tick'),
    question,
    keyPoint: z.int().nonnegative(),
    ticked: z.boolean(),
    about,
  }),
  /** Ticks a red flag, a wrong statement that the answer made. */
  z.strictObject({
    id,
    type: z.literal('flag'),
    question,
    redFlag: z.int().nonnegative(),
    raised: z.boolean(),
    about,
  }),
  z.strictObject({ id, type: z.literal('score'), question, score: Score.nullable(), about }),
  /** Binds words of the answer, or a request, to a key point or red flag, and ticks it. */
  z.strictObject({
    id,
    type: z.literal('quote'),
    quote: Uuid,
    question,
    target: QuoteTarget,
    source: QuoteSource,
    about,
  }),
  /** Removes a quote; what it ticked stays ticked. */
  z.strictObject({ id, type: z.literal('unquote'), quote: Uuid }),
  /** Says that a question that was asked can't be assessed, so that nothing in it counts. It takes the score away, and a score takes it back. */
  z.strictObject({ id, type: z.literal('mark-not-assessed'), question, notAssessed: z.boolean() }),
  /** A Yjs update of one's own notes: on a question, on a reason of the recommendation, or with null on the interview as a whole. */
  z.strictObject({ id, type: z.literal('write-notes'), question: NotesSubject.nullable(), update }),
  z.strictObject({ id, type: z.literal('recommend'), recommendation: Recommendation.nullable() }),
  z.strictObject({ id, type: z.literal('mark'), moment: Uuid, label: z.string().trim().max(80), about }),
  z.strictObject({ id, type: z.literal('unmark'), moment: Uuid }),
  z.strictObject({ id, type: z.literal('end') }),
  z.strictObject({ id, type: z.literal('hand-in') }),
  z.strictObject({ id, type: z.literal('take-back') }),
  /** Lets a candidate who lost their link join again with the code. The old link no longer opens the room. */
  z.strictObject({ id, type: z.literal('readmit') }),
  /** Keeps what the candidate's files came to in this interviewer's own tab. */
  z.strictObject({ id, type: z.literal('keep-run'), question, run: TabRun }),
  z.strictObject({ id, type: z.literal('share'), parts: SharedParts, card: SharedCard }),
  /** On the candidate's own time: moves the times. A room that was never started opens again. */
  z.strictObject({ id, type: z.literal('set-deadline'), deadline: Deadline }),
  /** Gives this candidate more time on each question's clock; possible until the first question. */
  z.strictObject({ id, type: z.literal('set-extra-time'), extraTime: ExtraTime.nullable() }),
])
export type HostCommand = z.infer<typeof HostCommand>

/** What a candidate can do in their room. */
export const CandidateCommand = z.discriminatedUnion('type', [
  /** A Yjs update of the answer. */
  z.strictObject({ id, type: z.literal('write'), question, update }),
  /** Begins a task, once, with what its requests are expected to show; with null without an expectation. */
  z.strictObject({ id, type: z.literal('expect'), question, text: ExpectationText.nullable() }),
  /** A Yjs update of a file of the project, where the question has a bug. */
  z.strictObject({ id, type: z.literal('edit-file'), question, file: ProjectPath, update }),
  /** What a run of the checks came to in this browser. */
  z.strictObject({ id, type: z.literal('report-run'), question, run: TabRun }),
  /** On their own time: starts the clock of the first question. */
  z.strictObject({ id, type: z.literal('begin') }),
  /** On their own time: leaves the named question, and no clock runs until the next is opened. Leaving the last one ends the interview. */
  z.strictObject({ id, type: z.literal('leave'), question }),
  /** On their own time: moves on from the named question, whether already left or not, and starts the next one's clock. */
  z.strictObject({ id, type: z.literal('next'), question }),
  /** In a live interview, about the question that is being asked; null takes it back. */
  z.strictObject({ id, type: z.literal('signal'), question, signal: Signal.nullable() }),
])
export type CandidateCommand = z.infer<typeof CandidateCommand>

/** Takes the seat of a room. `agrees`: the candidate has read what is recorded and agreed to it. */
export const JoinRequest = z.strictObject({
  id,
  code: z.string().max(20),
  name: PersonName,
  /** Made and kept by the browser; it also opens the seat on another device. */
  key: Key,
  agrees: z.literal(true),
})
export type JoinRequest = z.infer<typeof JoinRequest>

/** Why something was refused. A sentence for people comes with it. */
export const Refused = z.enum([
  /** This person may not do that here. */
  'not-allowed',
  /** Something else has to happen first. */
  'not-yet',
  /** It would have been possible earlier. */
  'too-late',
  /** That question, key point, follow-up, request, moment or room doesn't exist. */
  'unknown',
  /** The place is already taken. */
  'taken',
  /** A limit is reached. */
  'full',
  /** Too many updates: merge them and send again after `LIMITS.updateSpacingMs`. Nothing is lost. */
  'too-soon',
  /** It is not a valid update, or a quote of nothing. */
  'malformed',
])
export type Refused = z.infer<typeof Refused>

/** The response to a command. `number` is that of the newest event when it was done; a client that has received that event has seen its effect. */
export const CommandAnswer = z.object({ number: z.int().nonnegative() })
export type CommandAnswer = z.infer<typeof CommandAnswer>

/** A refusal over HTTP. */
export const RefusedAnswer = z.object({ detail: z.string(), refused: Refused })
export type RefusedAnswer = z.infer<typeof RefusedAnswer>
