import { z } from 'zod'
import { Base64, Duration, Key, PersonName, Uuid } from './identity.ts'
import { LIMITS } from './limits.ts'
import { QuestionKey } from './plan.ts'
import { Score } from './rubric.ts'
import { SharedCard, SharedParts } from './sharing.ts'

/** Every command has an id that the browser makes: sent twice, it is done once. */
const id = Uuid
const question = QuestionKey
const update = Base64.max(Math.ceil((LIMITS.updateBytes * 4) / 3) + 4)

/** What an interviewer may ask of a room. */
export const HostCommand = z.discriminatedUnion('type', [
  /** Makes a question the present one. The first of them begins the interview. */
  z.strictObject({ id, type: z.literal('go-to'), question }),
  z.strictObject({ id, type: z.literal('pause') }),
  z.strictObject({ id, type: z.literal('resume') }),
  /** To the present question. */
  z.strictObject({ id, type: z.literal('add-time'), milliseconds: Duration.min(10_000).max(3_600_000) }),
  /** Shows a follow-up of the present question to the candidate, by its place in the plan. */
  z.strictObject({ id, type: z.literal('open-follow-up'), question, followUp: z.int().nonnegative() }),
  /** Shows the model answer of the present question to the candidate. */
  z.strictObject({ id, type: z.literal('reveal'), question }),
  z.strictObject({
    id,
    type: z.literal('tick'),
    question,
    keyPoint: z.int().nonnegative(),
    ticked: z.boolean(),
  }),
  z.strictObject({ id, type: z.literal('score'), question, score: Score.nullable() }),
  /** A Yjs update of one's own notes to a question, or with null to the interview as a whole. */
  z.strictObject({ id, type: z.literal('write-notes'), question: question.nullable(), update }),
  z.strictObject({ id, type: z.literal('mark'), moment: Uuid, label: z.string().trim().max(80) }),
  z.strictObject({ id, type: z.literal('unmark'), moment: Uuid }),
  z.strictObject({ id, type: z.literal('end') }),
  z.strictObject({ id, type: z.literal('hand-in') }),
  z.strictObject({ id, type: z.literal('take-back') }),
  /** Lets the candidate join once more with the code, for whoever has lost their link. The old link no longer opens the room. */
  z.strictObject({ id, type: z.literal('readmit') }),
  z.strictObject({ id, type: z.literal('share'), parts: SharedParts, card: SharedCard }),
])
export type HostCommand = z.infer<typeof HostCommand>

/** What the candidate may ask of their room. */
export const CandidateCommand = z.discriminatedUnion('type', [
  /** A Yjs update of the answer. */
  z.strictObject({ id, type: z.literal('write'), question, update }),
  /** On their own time: starts the clock of the first question. */
  z.strictObject({ id, type: z.literal('begin') }),
  /** On their own time: leaves the question that is named, and no clock runs until the next is opened; after the last one the interview is over. */
  z.strictObject({ id, type: z.literal('leave'), question }),
  /** On their own time: goes on from the question that is named, left already or not. The next one's clock starts. */
  z.strictObject({ id, type: z.literal('next'), question }),
])
export type CandidateCommand = z.infer<typeof CandidateCommand>

/** Takes the seat of a room. The code is in the address or in the body's stead; what is recorded was read and agreed to. */
export const JoinRequest = z.strictObject({
  id,
  code: z.string().max(20),
  name: PersonName,
  /** The browser makes it and keeps it; it opens the seat on another device, too. */
  key: Key,
  agrees: z.literal(true),
})
export type JoinRequest = z.infer<typeof JoinRequest>

/** Why something was refused. The sentence that comes with it says it to a person. */
export const Refused = z.enum([
  /** This person may not do that here. */
  'not-allowed',
  /** Not before something else has happened. */
  'not-yet',
  /** It would have been possible earlier. */
  'too-late',
  /** There is no such question, key point, follow-up, moment, room. */
  'unknown',
  /** Somebody has that place already. */
  'taken',
  /** A limit is reached. */
  'full',
  /** Too many updates: join them and send again after `LIMITS.updateSpacingMs`. Nothing is lost. */
  'too-soon',
  /** The update isn't one. */
  'malformed',
])
export type Refused = z.infer<typeof Refused>

/** The answer to a command. `number` is of the newest event that it led to or found; a client has seen its effect once it is there. */
export const CommandAnswer = z.object({ number: z.int().nonnegative() })
export type CommandAnswer = z.infer<typeof CommandAnswer>

/** A refusal over HTTP. */
export const RefusedAnswer = z.object({ detail: z.string(), refused: Refused })
export type RefusedAnswer = z.infer<typeof RefusedAnswer>
