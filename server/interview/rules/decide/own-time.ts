import type { QuestionKey } from '../../../../contract/interview/plan.ts'
import { refuse, type Refusal, type Verdict } from '../decision.ts'
import type { RoomChange } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { leaving } from './questions.ts'

/** The candidate starts the clock of the first question. */
export function begin(room: RoomState): Verdict {
  const refusal = notOnOwnTime(room)
  if (refusal) return refusal
  if (room.phase === 'running') return []
  if (room.phase === 'ended') return refuse('too-late', 'The time to begin is over.')
  const [first] = room.plan.questions
  return first === undefined ? [] : [{ type: 'question-asked', question: first.key }]
}

/**
 * The candidate goes on from the question that is named. Said twice, by two tabs or by a line that repeats, it goes on once. After the last
 * question the interview is over.
 */
export function next(room: RoomState, from: QuestionKey): Verdict {
  const refusal = notOnOwnTime(room)
  if (refusal) return refusal
  const question = room.questions[from]
  // A question that wasn't asked answers like one that doesn't exist.
  if (question === undefined || question.askedAt === null) {
    return refuse('not-yet', 'That question has not been asked.')
  }
  if (room.phase === 'ended') return []
  const wentOn = room.present !== from && !(room.present === null && room.lastLeft === from)
  if (wentOn) return []
  const index = room.plan.questions.findIndex(({ key }) => key === from)
  const following = room.plan.questions[index + 1]
  const onward: RoomChange =
    following === undefined
      ? { type: 'room-ended', why: 'done' }
      : { type: 'question-asked', question: following.key }
  return [...leaving(room, 'next'), onward]
}

function notOnOwnTime(room: RoomState): Refusal | null {
  return room.mode === 'own-time'
    ? null
    : refuse('not-allowed', 'The interviewer goes on to the next question.')
}
