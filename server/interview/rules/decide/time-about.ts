import { usedAt } from '#contract/interview/answer-time.ts'
import type { QuestionKey } from '#contract/interview/plan.ts'
import type { RoomState } from '../room-state.ts'

/**
 * The time that something on a scorecard is about, for its event: as the browser gives it, but never before the question was asked or
 * later than now, since clocks differ. Nothing when the browser gives none: then it is the event's own time.
 */
export function timeAbout(
  { questions }: RoomState,
  question: QuestionKey,
  about: number | undefined,
  at: number,
): { about?: number } {
  if (about === undefined) return {}
  return { about: Math.min(at, Math.max(about, questions[question]?.askedAt ?? at)) }
}

/** The question that was being asked at that time, or null. */
export function questionAt({ questions }: RoomState, time: number): QuestionKey | null {
  const found = Object.entries(questions).find(([, { clockChanges }]) => usedAt(clockChanges, time) !== null)
  return found?.[0] ?? null
}
