import { z } from 'zod'

/** More time for one candidate, on the clock of each question: a share of its minutes, or a number of minutes. */
export const ExtraTime = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('percent'), percent: z.int().min(1).max(200) }),
  z.strictObject({ unit: z.literal('minutes'), minutes: z.int().min(1).max(60) }),
])
export type ExtraTime = z.infer<typeof ExtraTime>

/** The time for a question in whole milliseconds. @param minutes the planned ones */
export function allottedMs(minutes: number, extra: ExtraTime | null): number {
  const plannedMs = minutes * 60_000
  if (extra === null) return plannedMs
  return extra.unit === 'minutes'
    ? plannedMs + extra.minutes * 60_000
    : plannedMs + Math.round((plannedMs * extra.percent) / 100)
}

/** The minutes of a whole set for a candidate, rounded up. */
export function totalMinutes(questions: readonly { minutes: number }[], extra: ExtraTime | null): number {
  const minutes = questions.reduce((sum, question) => sum + question.minutes, 0)
  return minutesWith(extra, minutes, questions.length)
}

/** The same where only the size of the set is known. @param minutes of all its questions */
export function minutesWith(extra: ExtraTime | null, minutes: number, questionCount: number): number {
  if (extra?.unit === 'minutes') return minutes + extra.minutes * questionCount
  return Math.ceil(allottedMs(minutes, extra) / 60_000)
}
