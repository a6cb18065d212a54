import type { HostCommand } from '#contract/interview/commands.ts'
import type { ExtraTime } from '#contract/interview/extra-time.ts'
import type { Deadline } from '#contract/interview/interview.ts'
import { refuse, type Verdict } from '../decision.ts'
import type { RoomState } from '../room-state.ts'

/** Whether a command only arranges an interview. The sender needn't be in the room, and gets no scorecard by it. */
export function arranges({ type }: HostCommand): boolean {
  return type === 'set-deadline' || type === 'set-extra-time'
}

/**
 * Moves the times of a room on the candidate's own time. One that was never started opens again; one that was is over for good.
 * @param at the room's time in milliseconds since the Unix epoch
 */
export function setDeadline(room: RoomState, interviewer: string, deadline: Deadline, at: number): Verdict {
  const { startBy, endBy } = deadline
  if (room.mode === 'live') return refuse('not-allowed', 'A live interview has no deadline.')
  if (room.phase === 'ended' && room.startedAt !== null) return refuse('too-late', 'The interview is over.')
  if (room.startedAt === null && startBy <= at) {
    return refuse('too-late', 'The time to start by has already passed. Choose a later one.')
  }
  if (endBy <= at) return refuse('too-late', 'The closing time has already passed. Choose a later one.')
  if (endBy > room.keptUntil) {
    return refuse('too-late', 'The interview will be deleted before that deadline. Choose an earlier one.')
  }
  const same = room.deadline?.startBy === startBy && room.deadline.endBy === endBy
  return same && room.phase !== 'ended' ? [] : [{ type: 'deadline-moved', interviewer, deadline }]
}

/** Sets the extra time on every question's clock, before any of them runs. Null takes it away. */
export function setExtraTime(room: RoomState, interviewer: string, extraTime: ExtraTime | null): Verdict {
  if (room.phase === 'ended') return refuse('too-late', 'The interview is over.')
  if (room.phase === 'running') {
    return refuse('too-late', 'The interview has started. Add time to a question while it is being asked.')
  }
  return JSON.stringify(room.extraTime) === JSON.stringify(extraTime)
    ? []
    : [{ type: 'extra-time-set', interviewer, extraTime }]
}
