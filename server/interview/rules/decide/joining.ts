import { hasBug, hasPlayground } from '#contract/interview/plan.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import { refuse, stamped, type Decision } from '../decision.ts'
import type { RoomChange, RoomEvent } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { recordedNotice } from '../views/notice.ts'
import { decide } from './decide.ts'

/** The first event of a room. */
export function openRoom(
  room: Omit<Extract<RoomChange, { type: 'room-opened' }>, 'type'>,
  command: string,
  now: number,
): RoomEvent[] {
  return stamped([{ type: 'room-opened', ...room }], now, command)
}

/**
 * A person with the code takes the candidate's seat, having read what is recorded. If the same browser asks again, it is already in.
 * @param join `id` is the request's; `keyHash` is that of the key that opens the seat from now on
 */
export function decideJoin(
  state: RoomState,
  join: { id: string; name: string; keyHash: string },
  now: number,
): Decision {
  return decide(state, { command: join.id, now, maxEvents: LIMITS.events }, (room) => {
    const { name, keyHash } = join
    if (room.candidate?.keyHash === keyHash) return []
    if (!room.seatFree) return refuse('taken', 'Someone has already joined with this code.')
    if (room.phase === 'ended' && room.candidate === null) return refuse('too-late', 'The interview is over.')
    return [{ type: 'candidate-joined', name, keyHash, told: noticeOf(room) }]
  })
}

/** Whether this key opens the candidate's seat. */
export function isCandidate(state: RoomState, keyHash: string): boolean {
  return state.candidate?.keyHash === keyHash
}

/** What the candidate of this room reads about recording. */
export function noticeOf({ mode, plan }: Pick<RoomState, 'mode' | 'plan'>): string[] {
  return recordedNotice(mode, { playground: hasPlayground(plan), bug: hasBug(plan) })
}
