import { z } from 'zod'
import { Duration, Time, Uuid } from './identity.ts'
import { LIMITS } from './limits.ts'
import { QuestionKey } from './plan.ts'

const headers = z.array(z.tuple([z.string().max(100), z.string().max(1_000)])).max(40)

/** The beginning of a text; `whole` when that is all of it. */
export const Excerpt = z.object({ text: z.string().max(LIMITS.excerpt), whole: z.boolean() })
export type Excerpt = z.infer<typeof Excerpt>

/** A request that the candidate sent, with its response. Secrets were masked before it was recorded. */
export const RecordedRequest = z.object({
  id: Uuid,
  question: QuestionKey,
  at: Time,
  method: z.string().max(20),
  /** Path with query. */
  path: z.string().max(2_000),
  headers,
  body: Excerpt.nullable(),
  status: z.int(),
  answerHeaders: headers,
  answer: Excerpt,
  /** Milliseconds on the server. */
  took: Duration,
  /** The W3C trace id of its trace; null without one. */
  trace: z.string().max(64).nullable(),
})
export type RecordedRequest = z.infer<typeof RecordedRequest>

/** What interviewers see when no further request can be recorded. */
export const REQUESTS_FULL = `${LIMITS.requests} requests have been recorded, the most that a room can hold. The playground refuses any more.`

/** The beginning of a text, up to the limit. */
export function excerptOf(text: string): Excerpt {
  const whole = text.length <= LIMITS.excerpt
  return { text: whole ? text : text.slice(0, LIMITS.excerpt), whole }
}
