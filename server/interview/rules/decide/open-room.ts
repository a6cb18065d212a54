import type { RoomChange, RoomEvent } from '../room-events.ts'
import { stamped } from './stamped.ts'

/** The first event of a room. */
export function openRoom(
  room: Omit<Extract<RoomChange, { type: 'room-opened' }>, 'type'>,
  command: string,
  now: number,
): RoomEvent[] {
  return stamped([{ type: 'room-opened', ...room }], now, command)
}
