import { z } from 'zod'
import { Time } from './identity.ts'

/** Whether somebody is connected, and since when it is so; null when they never were, or when nobody knows since when. */
export const Presence = z.object({ here: z.boolean(), since: Time.nullable() })
export type Presence = z.infer<typeof Presence>

/** A time in which somebody was gone who had been there. */
export const Gap = z.object({
  who: z.enum(['candidate', 'interviewer']),
  name: z.string(),
  from: Time,
  /** Null while they are still gone. */
  until: Time.nullable(),
})
export type Gap = z.infer<typeof Gap>
