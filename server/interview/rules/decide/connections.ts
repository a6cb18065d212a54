import type { Interviewer } from '#contract/interview/interview.ts'
import { LIMITS } from '#contract/interview/limits.ts'
import type { Decision, Verdict } from '../decision.ts'
import type { RoomState } from '../room-state.ts'
import { decide, introduced } from './decide.ts'

/**
 * A browser has connected to an instance. The same person's connections to lost instances end with it, so that the drop is in the log.
 * @param who null for the candidate
 * @param living running instances, including this one
 */
export function decideConnected(
  state: RoomState,
  { who, connection, instance }: { who: Interviewer | null; connection: string; instance: string },
  living: ReadonlySet<string>,
  now: number,
): Decision {
  return recorded(state, now, (room) => {
    if (room.connections[connection] !== undefined) return []
    const interviewer = who?.id ?? null
    return [
      ...lost(room, living, (connected) => connected === interviewer),
      ...(who === null ? [] : introduced(room, who)),
      { type: 'connected', interviewer, connection, instance },
    ]
  })
}

export function decideDisconnected(state: RoomState, connection: string, now: number): Decision {
  return recorded(state, now, (room) =>
    room.connections[connection] === undefined ? [] : [{ type: 'disconnected', connection }],
  )
}

/** Ends all connections to lost instances: called when a room is loaded, and when an instance is found missing. */
export function decideLost(state: RoomState, living: ReadonlySet<string>, now: number): Decision {
  return recorded(state, now, (room) => lost(room, living, () => true))
}

/** The events that are due by time alone, for a server that wakes up then. */
export function decideDue(state: RoomState, now: number): Decision {
  return decide(state, { command: null, now, maxEvents: LIMITS.events }, () => [])
}

/** Presence has a limit of its own: beyond it, connections are no longer recorded, and nothing is refused. */
function recorded(
  state: RoomState,
  now: number,
  rule: (room: RoomState) => Extract<Verdict, unknown[]>,
): Decision {
  const full =
    state.presenceEvents >= LIMITS.presenceEvents || state.number >= LIMITS.events - LIMITS.reservedEvents
  return decide(state, { command: null, now, maxEvents: LIMITS.events }, full ? () => [] : rule)
}

function lost(
  room: RoomState,
  living: ReadonlySet<string>,
  whose: (interviewer: string | null) => boolean,
): Extract<Verdict, unknown[]> {
  return Object.entries(room.connections)
    .filter(([, { interviewer, instance }]) => whose(interviewer) && !living.has(instance))
    .map(([connection]) => ({ type: 'disconnected', connection }))
}
