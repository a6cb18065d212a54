import { z } from 'zod'
import { Time } from './identity.ts'

/** Whether someone is connected, and since when; null when they never were, or when it is unknown. */
export const Presence = z.object({ here: z.boolean(), since: Time.nullable() })
export type Presence = z.infer<typeof Presence>

/** A period in which someone who had been connected was not. */
export const Gap = z.object({
  who: z.enum(['candidate', 'interviewer']),
  name: z.string(),
  from: Time,
  /** Null while they are still gone. */
  until: Time.nullable(),
})
export type Gap = z.infer<typeof Gap>
