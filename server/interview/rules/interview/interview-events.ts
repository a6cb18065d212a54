import { z } from 'zod'
import { KeyHash, PersonName, Time, Uuid } from '#contract/interview/identity.ts'
import { RoomEntry } from '#contract/interview/interview.ts'
import { Plan } from '#contract/interview/plan.ts'

const envelope = { v: z.literal(1), at: Time, command: Uuid.nullable() }
const person = z.object({ id: Uuid, name: PersonName, keyHash: KeyHash })

/** Everything that can happen to an interview, as it is stored. What happens in its rooms is in their own streams. */
export const InterviewEvent = z.discriminatedUnion('type', [
  z.object({
    ...envelope,
    type: z.literal('interview-created'),
    interview: Uuid,
    plan: Plan,
    owner: person,
    keptUntil: Time,
  }),
  z.object({ ...envelope, type: z.literal('interviewer-added'), person }),
  z.object({ ...envelope, type: z.literal('interviewer-removed'), interviewer: Uuid }),
  z.object({ ...envelope, type: z.literal('room-added'), entry: RoomEntry }),
  z.object({ ...envelope, type: z.literal('room-removed'), room: Uuid }),
])
export type InterviewEvent = z.infer<typeof InterviewEvent>
