import type { ExtraTime } from '#contract/interview/extra-time.ts'
import type { Deadline } from '#contract/interview/interview.ts'
import { counted } from '../texts/wording.ts'

/** What changes a candidate's times. */
export type TimesOrder =
  { type: 'set-deadline'; deadline: Deadline } | { type: 'set-extra-time'; extraTime: ExtraTime | null }

const DAY_MS = 24 * 60 * 60_000

/** Three days to start in, and a day more to finish. */
export function proposedDeadline(now: number): Deadline {
  return { startBy: now + 3 * DAY_MS, endBy: now + 4 * DAY_MS }
}

/** A time as the value of `<input type="datetime-local">`, in this browser's time zone. @param time in milliseconds since 1970 */
export function localTime(time: number): string {
  const date = new Date(time)
  return new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The time in such a field, in milliseconds since 1970; NaN while it is incomplete. */
export function readLocalTime(value: string): number {
  return new Date(value).getTime()
}

/**
 * Why a deadline can't be, as a sentence; null when it can.
 * @param started the time to start by no longer matters
 */
export function deadlineFault({ startBy, endBy }: Deadline, now: number, started = false): string | null {
  if (Number.isNaN(startBy) || Number.isNaN(endBy)) return 'Enter both times.'
  if (!started && startBy <= now) return '“Start by” has already passed.'
  if (endBy <= now) return '“Closes at” has already passed.'
  if (endBy < startBy) return '“Closes at” can’t be earlier than “Start by”.'
  return null
}

/**
 * A hint when a candidate may get less time than the questions take; null when they can't, or when the times can't be.
 * @param minutes for all questions
 */
export function deadlineHint({ startBy, endBy }: Deadline, minutes: number): string | null {
  const windowMinutes = Math.floor((endBy - startBy) / 60_000)
  if (Number.isNaN(windowMinutes) || windowMinutes < 0 || windowMinutes >= minutes) return null
  return `A candidate who starts at the last moment has ${counted(windowMinutes, 'minute')} for questions that take ${minutes}.`
}
