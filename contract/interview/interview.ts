import { z } from 'zod'
import { JoinCode } from './code.ts'
import { Key, PersonName, Time, Uuid } from './identity.ts'
import { Plan, PlanDraft } from './plan.ts'

/** `live`: an interviewer leads. `own-time`: the candidate goes through the set alone, before a deadline. */
export const RoomMode = z.enum(['live', 'own-time'])
export type RoomMode = z.infer<typeof RoomMode>

/** Of a room on the candidate's own time: when it must have been begun, and when all of it ends. */
export const Deadline = z
  .strictObject({ startBy: Time, endBy: Time })
  .refine(({ startBy, endBy }) => startBy <= endBy, 'must start before it ends')
export type Deadline = z.infer<typeof Deadline>

/** Makes an interview. `id` is the interview's; with the same one and the same key it is made once. */
export const CreateInterview = z.strictObject({
  id: Uuid,
  plan: PlanDraft,
  interviewer: z.strictObject({ id: Uuid, name: PersonName }),
  /** The secret of the host link. */
  key: Key,
})
export type CreateInterview = z.infer<typeof CreateInterview>

/** A room to add, for one candidate. */
export const NewRoom = z.strictObject({
  room: Uuid,
  /** What interviewers call it before there is a name; candidates never see it. */
  label: z.string().trim().min(1).max(80),
  mode: RoomMode,
  /** Needed on own time, and only there. */
  deadline: Deadline.nullable(),
})
export type NewRoom = z.infer<typeof NewRoom>

/** What an interviewer may ask of an interview. */
export const InterviewCommand = z.discriminatedUnion('type', [
  z.strictObject({
    id: Uuid,
    type: z.literal('add-interviewer'),
    interviewer: Uuid,
    name: PersonName,
    /** The secret of their own link, made by the browser that adds them. */
    key: Key,
  }),
  /** Only whoever made the interview may. */
  z.strictObject({ id: Uuid, type: z.literal('remove-interviewer'), interviewer: Uuid }),
  z.strictObject({ id: Uuid, type: z.literal('add-room'), room: NewRoom }),
  /** The room's own events go with it. */
  z.strictObject({ id: Uuid, type: z.literal('remove-room'), room: Uuid }),
])
export type InterviewCommand = z.infer<typeof InterviewCommand>

export const Interviewer = z.object({ id: Uuid, name: PersonName })
export type Interviewer = z.infer<typeof Interviewer>

export const RoomEntry = NewRoom.extend({ code: JoinCode, addedAt: Time })
export type RoomEntry = z.infer<typeof RoomEntry>

/** An interview as its interviewers see it. How each room stands comes from the rooms. */
export const InterviewView = z.object({
  id: Uuid,
  /** Number of the newest event. */
  number: z.int().nonnegative(),
  plan: Plan,
  you: Interviewer,
  /** The interviewer who made it, and may remove others. */
  owner: Uuid,
  interviewers: z.array(Interviewer),
  rooms: z.array(RoomEntry),
  createdAt: Time,
  /** When it goes by itself, with all its rooms. */
  keptUntil: Time,
  /** What links begin with, where the server was told; null for the address of the page. */
  publicUrl: z.string().nullable(),
})
export type InterviewView = z.infer<typeof InterviewView>

/** What someone with a code is told before joining. */
export const JoinInfo = z.object({
  mode: RoomMode,
  interviewers: z.array(PersonName),
  questions: z.int().positive(),
  minutes: z.int().positive(),
  /** Whether some question opens the playground. */
  playground: z.boolean(),
  deadline: Deadline.nullable(),
  /** One sentence for each thing that is recorded. */
  recorded: z.array(z.string()),
  keptUntil: Time,
  /** Somebody has joined already. */
  taken: z.boolean(),
})
export type JoinInfo = z.infer<typeof JoinInfo>

/** The answer to a join. The browser made the key itself. */
export const Joined = z.object({ room: Uuid })
export type Joined = z.infer<typeof Joined>
