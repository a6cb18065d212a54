import { refuse, type Refusal, type Verdict } from '../decision.ts'
import type { QuestionState, RoomState } from '../room-state.ts'

/** Stops the clock of the current question. Writing stays possible: a pause is not a lock. */
export function pause(room: RoomState): Verdict {
  const present = ledByHost(room)
  if ('refused' in present) return present
  return present.state.clock.since === null ? [] : [{ type: 'clock-paused', question: present.key }]
}

export function resume(room: RoomState): Verdict {
  const present = ledByHost(room)
  if ('refused' in present) return present
  return present.state.clock.since === null ? [{ type: 'clock-resumed', question: present.key }] : []
}

/** Gives the current question extra time; on own time only while its clock is running. */
export function addTime(room: RoomState, milliseconds: number): Verdict {
  const present = presentOf(room)
  return 'refused' in present ? present : [{ type: 'time-added', question: present.key, milliseconds }]
}

/** The current question, or why there is none. */
export function presentOf(room: RoomState): { key: string; state: QuestionState } | Refusal {
  if (room.phase === 'ended') return refuse('too-late', 'The interview is over.')
  const state = room.present === null ? undefined : room.questions[room.present]
  if (room.present === null || state === undefined) return refuse('not-yet', 'There is no current question.')
  return { key: room.present, state }
}

/** The current question of a room that an interviewer leads. */
export function ledByHost(room: RoomState): ReturnType<typeof presentOf> {
  if (room.mode === 'own-time') {
    return refuse('not-allowed', 'The candidate works through the questions on their own time.')
  }
  return presentOf(room)
}
