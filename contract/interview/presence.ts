import { z } from 'zod'
import { Time } from './identity.ts'

/** Whether a person is connected, and since when; `since` is null when they never were or when it is unknown. */
export const Presence = z.object({ here: z.boolean(), since: Time.nullable() })
export type Presence = z.infer<typeof Presence>

/** A name that the candidate had until they joined again with another one. Left out while names are hidden. */
export const FormerName = z.object({ name: z.string(), until: Time })
export type FormerName = z.infer<typeof FormerName>

/** A period in which a person who had been connected was disconnected. Reloads and other short ones are left out. */
export const Gap = z.object({
  who: z.enum(['candidate', 'interviewer']),
  name: z.string(),
  from: Time,
  /** Null while they are still disconnected. */
  until: Time.nullable(),
})
export type Gap = z.infer<typeof Gap>
