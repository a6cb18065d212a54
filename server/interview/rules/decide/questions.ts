import type { QuestionKey } from '#contract/interview/plan.ts'
import { refuse, type Verdict } from '../decision.ts'
import type { RoomChange } from '../room-events.ts'
import { planned, type RoomState } from '../room-state.ts'
import { ledByHost } from './clock.ts'

/** Asks a question and leaves the previous one, so that there is never more than one. Any question can be asked at any time, also again. */
export function goTo(room: RoomState, question: QuestionKey): Verdict {
  if (room.mode === 'own-time') {
    return refuse('not-allowed', 'The candidate works through the questions on their own time.')
  }
  if (room.phase === 'ended') return refuse('too-late', 'The interview is over.')
  if (planned(room, question) === undefined)
    return refuse('unknown', 'There is no such question in this plan.')
  if (room.candidate === null) return refuse('not-yet', 'No one has joined yet.')
  if (room.present === question) return []
  return [...leaving(room, 'next'), { type: 'question-asked', question }]
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
