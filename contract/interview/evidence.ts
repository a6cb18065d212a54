import { z } from 'zod'
import { Duration, Time, Uuid } from './identity.ts'
import { LIMITS } from './limits.ts'
import { QuestionKey } from './plan.ts'

/** A moment of the session that something on a scorecard is about. */
export const EvidenceMoment = z.object({
  at: Time,
  /** What the question's clock showed as used, in milliseconds; null while the question wasn't being asked. */
  used: Duration.nullable(),
})
export type EvidenceMoment = z.infer<typeof EvidenceMoment>

/** What a quote speaks for or against: a key point or a red flag of the question, by its index. */
export const QuoteTarget = z.strictObject({
  kind: z.enum(['key-point', 'red-flag']),
  index: z.int().nonnegative(),
})
export type QuoteTarget = z.infer<typeof QuoteTarget>

/** What is quoted: words of the answer, with the position at which they stood, or one of the candidate's requests. */
export const QuoteSource = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answer'),
    words: z.string().max(LIMITS.characters),
    position: z.int().nonnegative(),
  }),
  z.strictObject({ kind: z.literal('request'), request: Uuid }),
])
export type QuoteSource = z.infer<typeof QuoteSource>

/** Evidence on a scorecard. It keeps the words, whatever becomes of the answer later. */
export const Quote = z.object({
  id: Uuid,
  question: QuestionKey,
  target: QuoteTarget,
  source: QuoteSource,
})
export type Quote = z.infer<typeof Quote>

/** A quote in a report. */
export const ReportQuote = Quote.omit({ question: true }).extend({
  moment: EvidenceMoment,
  /** Whether the words still stand in the answer; true for a request. */
  stands: z.boolean(),
})
export type ReportQuote = z.infer<typeof ReportQuote>

/** A quote as the candidate gets it: their own words, or their request as one line. */
export const SharedQuote = z.strictObject({ kind: z.enum(['answer', 'request']), text: z.string() })
export type SharedQuote = z.infer<typeof SharedQuote>

/** Names what a moment belongs to: `score`, `tick/2`, `flag/0` or `quote/` with its id. */
const MarkName = z.string().regex(/^(score|tick\/\d+|flag\/\d+|quote\/[0-9a-f-]{36})$/)

/** The moments of one question on a scorecard. */
export const MarkMoments = z.record(MarkName, EvidenceMoment)
export type MarkMoments = z.infer<typeof MarkMoments>

export function tickName(keyPoint: number): string {
  return `tick/${keyPoint}`
}

export function flagName(redFlag: number): string {
  return `flag/${redFlag}`
}

export function quoteName(quote: string): string {
  return `quote/${quote}`
}
