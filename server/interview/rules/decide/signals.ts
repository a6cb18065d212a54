import type { QuestionKey } from '#contract/interview/plan.ts'
import type { Signal } from '#contract/interview/signal.ts'
import { refuse, type Verdict } from '../decision.ts'
import type { RoomState } from '../room-state.ts'

/** Far more than an interview needs; each one is an event of the room. */
const MAX_SIGNALS = 300

/**
 * The candidate says that they are done with the named question, or asks for a minute more. It changes nothing by itself. About a
 * question that was left meanwhile, nothing is said.
 */
export function signal(
  room: RoomState,
  { question, signal }: { question: QuestionKey; signal: Signal | null },
): Verdict {
  if (room.mode === 'own-time') {
    return refuse('not-allowed', 'No interviewer is waiting: leave the question when you are done with it.')
  }
  if (room.phase === 'ended') return refuse('too-late', 'The interview is over.')
  if ((room.questions[question]?.askedAt ?? null) === null) {
    return refuse('not-yet', 'That question has not been asked.')
  }
  if (room.present !== question || (room.signal?.kind ?? null) === signal) return []
  if (room.signals >= MAX_SIGNALS) return refuse('full', 'This interview can’t record any more of these.')
  return [{ type: 'candidate-signaled', question, signal }]
}
