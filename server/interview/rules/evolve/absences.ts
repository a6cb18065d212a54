import type { RoomEventOf } from '../room-events.ts'
import type { Absence, RoomState } from '../room-state.ts'

/** Only the latest absences are kept, in case a connection flaps for hours. */
const MAX_ABSENCES = 100

/** Who is connected, and when a person was disconnected. */
export function evolveConnections(
  state: RoomState,
  event: RoomEventOf<'connected' | 'disconnected'>,
): RoomState {
  const presenceEvents = state.presenceEvents + 1
  if (event.type === 'connected') {
    const { interviewer, instance, connection, at } = event
    const connections = { ...state.connections, [connection]: { interviewer, instance, since: at } }
    return { ...state, presenceEvents, connections, absences: ended(state.absences, interviewer, at) }
  }
  const { [event.connection]: gone, ...connections } = state.connections
  if (gone === undefined) return { ...state, presenceEvents }
  const stillHere = Object.values(connections).some(({ interviewer }) => interviewer === gone.interviewer)
  // Leaving after the end doesn't count as a drop.
  if (stillHere || state.phase === 'ended') return { ...state, presenceEvents, connections }
  const absence: Absence = { interviewer: gone.interviewer, from: event.at, until: null }
  return {
    ...state,
    presenceEvents,
    connections,
    absences: [...state.absences, absence].slice(-MAX_ABSENCES),
  }
}

function ended(absences: readonly Absence[], interviewer: string | null, at: number): readonly Absence[] {
  return absences.map((absence) =>
    absence.interviewer === interviewer && absence.until === null ? { ...absence, until: at } : absence,
  )
}
