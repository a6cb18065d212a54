import { z } from 'zod'
import { JoinCode } from './code.ts'
import { ExtraTime } from './extra-time.ts'
import { Key, PersonName, Time, Uuid } from './identity.ts'
import { LIMITS } from './limits.ts'
import { Plan, PlanDraft, QuestionKey } from './plan.ts'

/** `live`: an interviewer leads. `own-time`: the candidate goes through the set alone, before a deadline. */
export const RoomMode = z.enum(['live', 'own-time'])
export type RoomMode = z.infer<typeof RoomMode>

/** For a room on the candidate's own time: the latest time to start, and the time at which it ends. */
export const Deadline = z
  .strictObject({ startBy: Time, endBy: Time })
  .refine(({ startBy, endBy }) => startBy <= endBy, 'must start before it ends')
export type Deadline = z.infer<typeof Deadline>

/** Creates an interview. `id` is the interview's; sent again with the same key, it creates nothing. */
export const CreateInterview = z.strictObject({
  id: Uuid,
  plan: PlanDraft,
  interviewer: z.strictObject({ id: Uuid, name: PersonName }),
  /** The secret of the host link. */
  key: Key,
})
export type CreateInterview = z.infer<typeof CreateInterview>

/** A room for one candidate, to be added. */
export const NewRoom = z.strictObject({
  room: Uuid,
  /** What interviewers see until the candidate has given a name; candidates never see it. */
  label: z.string().trim().min(1).max(80),
  mode: RoomMode,
  /** Required on own time, null otherwise. */
  deadline: Deadline.nullable(),
  extraTime: ExtraTime.nullable().default(null),
})
export type NewRoom = z.infer<typeof NewRoom>

/** What an interviewer can do with an interview. */
export const InterviewCommand = z.discriminatedUnion('type', [
  z.strictObject({
    id: Uuid,
    type: z.literal('add-interviewer'),
    interviewer: Uuid,
    name: PersonName,
    /** The secret of their own link, made by the browser that adds them. */
    key: Key,
  }),
  /** Only the owner may do this. */
  z.strictObject({ id: Uuid, type: z.literal('remove-interviewer'), interviewer: Uuid }),
  z.strictObject({ id: Uuid, type: z.literal('add-room'), room: NewRoom }),
  /** Deletes the room's events, too. */
  z.strictObject({ id: Uuid, type: z.literal('remove-room'), room: Uuid }),
])
export type InterviewCommand = z.infer<typeof InterviewCommand>

export const Interviewer = z.object({ id: Uuid, name: PersonName })
export type Interviewer = z.infer<typeof Interviewer>

/** A room as it was added. Its times may have been changed since: the grid has the current ones. */
export const RoomEntry = NewRoom.extend({
  code: JoinCode,
  addedAt: Time,
  /** The questions for this candidate, in the order in which they are asked; missing where everyone gets the whole set in its order. */
  questions: z.array(QuestionKey).min(1).max(LIMITS.questions).optional(),
})
export type RoomEntry = z.infer<typeof RoomEntry>

/** An interview as its interviewers see it. The state of each room is in the room's own view. */
export const InterviewView = z.object({
  id: Uuid,
  /** Number of the newest event. */
  number: z.int().nonnegative(),
  plan: Plan,
  you: Interviewer,
  /** The interviewer who created it and may remove others. */
  owner: Uuid,
  interviewers: z.array(Interviewer),
  rooms: z.array(RoomEntry),
  createdAt: Time,
  /** When it is deleted automatically, with all its rooms. */
  keptUntil: Time,
  /** What links begin with, if the server is configured with it; null means the address of the page. */
  publicUrl: z.string().nullable(),
})
export type InterviewView = z.infer<typeof InterviewView>

/** What a person with a code sees before joining. */
export const JoinInfo = z.object({
  mode: RoomMode,
  interviewers: z.array(PersonName),
  questions: z.int().positive(),
  minutes: z.int().positive(),
  /** Whether any question opens the playground. */
  playground: z.boolean(),
  deadline: Deadline.nullable(),
  /** One sentence for each thing that is recorded. */
  recorded: z.array(z.string()),
  keptUntil: Time,
  /** Whether someone has joined already. */
  taken: z.boolean(),
})
export type JoinInfo = z.infer<typeof JoinInfo>

/** The response to a join. It has no key: the browser made it. */
export const Joined = z.object({ room: Uuid })
export type Joined = z.infer<typeof Joined>

/** The time in a room, by which its clocks go. */
export const RoomTimeAnswer = z.object({ now: Time })
export type RoomTimeAnswer = z.infer<typeof RoomTimeAnswer>
