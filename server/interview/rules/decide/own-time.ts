import type { QuestionKey } from '#contract/interview/plan.ts'
import { refuse, type Refusal, type Verdict } from '../decision.ts'
import type { RoomChange } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { leaving } from './questions.ts'

/** The candidate starts the clock of the first question. */
export function begin(room: RoomState): Verdict {
  const refusal = notOnOwnTime(room)
  if (refusal) return refusal
  if (room.phase === 'running') return []
  if (room.phase === 'ended') return refuse('too-late', 'The time to start has passed.')
  const [first] = room.plan.questions
  return first === undefined ? [] : [{ type: 'question-asked', question: first.key }]
}

/**
 * The candidate leaves the named question for good. The next one waits until they open it; leaving the last one ends the interview.
 * Sent twice, it takes effect once.
 */
export function leave(room: RoomState, question: QuestionKey): Verdict {
  const refusal = notOnOwnTime(room) ?? notAsked(room, question)
  if (refusal) return refusal
  if (room.present !== question) return []
  return [...leaving(room, 'next'), ...(following(room, question) === null ? [OVER] : [])]
}

/**
 * The candidate moves on from the named question. Sent twice, by two tabs or a retry, it takes effect once. After the last question the
 * interview is over.
 */
export function next(room: RoomState, from: QuestionKey): Verdict {
  const refusal = notOnOwnTime(room) ?? notAsked(room, from)
  if (refusal) return refusal
  if (room.phase === 'ended') return []
  const wentOn = room.present !== from && !(room.present === null && room.lastLeft === from)
  if (wentOn) return []
  const question = following(room, from)
  return [...leaving(room, 'next'), question === null ? OVER : { type: 'question-asked', question }]
}

const OVER: RoomChange = { type: 'room-ended', why: 'done' }

/** The question after this one, or null after the last. */
function following({ plan }: RoomState, question: QuestionKey): QuestionKey | null {
  const index = plan.questions.findIndex(({ key }) => key === question)
  return plan.questions[index + 1]?.key ?? null
}

/** A question that wasn't asked gets the same refusal as one that doesn't exist. */
function notAsked(room: RoomState, question: QuestionKey): Refusal | null {
  const asked = room.questions[question]?.askedAt ?? null
  return asked === null ? refuse('not-yet', 'That question has not been asked.') : null
}

function notOnOwnTime(room: RoomState): Refusal | null {
  return room.mode === 'own-time'
    ? null
    : refuse('not-allowed', 'Only the interviewer can move on to the next question.')
}
