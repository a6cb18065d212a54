import type { QuestionKey } from '#contract/interview/plan.ts'
import { HAND_OVER_MS } from '#contract/interview/limits.ts'
import { isRefusal, refuse, type Verdict } from '../decision.ts'
import type { RoomChange } from '../room-events.ts'
import { planned, type RoomState } from '../room-state.ts'
import { ledByHost } from './clock.ts'

/**
 * Asks a question and leaves the previous one, so that there is never more than one. Any question can be asked at any time, also again.
 * Asking the present one takes back what is announced.
 */
export function goTo(room: RoomState, question: QuestionKey): Verdict {
  if (room.mode === 'own-time') {
    return refuse('not-allowed', 'The candidate works through the questions on their own time.')
  }
  if (room.phase === 'ended') return refuse('too-late', 'The interview is over.')
  if (planned(room, question) === undefined)
    return refuse('unknown', 'There is no such question in this plan.')
  if (room.candidate === null) return refuse('not-yet', 'No one has joined yet.')
  if (room.present === question) return room.coming === null ? [] : [{ type: 'announcement-withdrawn' }]
  return [...leaving(room, 'next'), { type: 'question-asked', question }]
}

/**
 * Announces a question: it becomes the current one in a few seconds, in which the candidate can finish a sentence and the interviewer
 * can take it back. Where nothing is being asked there is no sentence to finish, and it is asked at once.
 */
export function announce(room: RoomState, question: QuestionKey, at: number): Verdict {
  const asked = goTo(room, question)
  if (isRefusal(asked) || room.present === null || room.present === question) return asked
  if (room.coming?.question === question) return []
  return [{ type: 'question-announced', question, due: at + HAND_OVER_MS }]
}

/** Takes an announcement back. @returns a refusal when the candidate has the question already */
export function withdraw(room: RoomState): Verdict {
  if (room.coming !== null) return [{ type: 'announcement-withdrawn' }]
  return refuse('too-late', 'The candidate has that question already.')
}

/** Ends the interview, started or not. */
export function end(room: RoomState): Verdict {
  if (room.phase === 'ended') return []
  return [...leaving(room, 'end'), { type: 'room-ended', why: 'host' }]
}

export function openFollowUp(
  room: RoomState,
  { question, followUp }: { question: QuestionKey; followUp: number },
): Verdict {
  const present = ledByHost(room)
  if ('refused' in present) return present
  if (present.key !== question) return refuse('too-late', 'That question is not the current one.')
  if (planned(room, question)?.followUps[followUp] === undefined) {
    return refuse('unknown', 'There is no such follow-up.')
  }
  if (present.state.followUps.includes(followUp)) return []
  return [{ type: 'follow-up-opened', question, followUp }]
}

/** Shows the model answer of the current question. It can't be hidden again. */
export function reveal(room: RoomState, question: QuestionKey): Verdict {
  const present = ledByHost(room)
  if ('refused' in present) return present
  if (present.key !== question) return refuse('too-late', 'That question is not the current one.')
  return present.state.revealedAt === null ? [{ type: 'answer-revealed', question }] : []
}

/** Leaves the current question, if there is one. */
export function leaving(room: RoomState, why: 'next' | 'end'): RoomChange[] {
  return room.present === null ? [] : [{ type: 'question-left', question: room.present, why }]
}
