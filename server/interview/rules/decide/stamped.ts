import type { RoomChange, RoomEvent } from '../room-events.ts'

/** Events as they are stored: version, time and cause added. */
export function stamped(changes: readonly RoomChange[], at: number, command: string | null): RoomEvent[] {
  return changes.map((change) => ({ v: 1, at, command, ...change }))
}
