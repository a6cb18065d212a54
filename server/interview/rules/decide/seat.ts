import { refuse, type Verdict } from '../decision.ts'
import type { RoomState } from '../room-state.ts'

/** Lets the code work once more. Whoever sits there stays until somebody comes. */
export function readmit(room: RoomState, interviewer: string): Verdict {
  if (room.candidate === null) return refuse('not-yet', 'Nobody has joined yet; the code works.')
  return room.seatFree ? [] : [{ type: 'seat-freed', interviewer }]
}
