import type { Gap, Presence } from '#contract/interview/presence.ts'
import type { RoomState } from '../room-state.ts'

/** What a view depends on besides the state. */
export interface ViewContext {
  /** Milliseconds since the Unix epoch. */
  now: number
  /** Instances that are running. A connection to any other is gone, even if no event says so yet. */
  living: ReadonlySet<string>
}

/** A view shows only the latest gaps. */
const MAX_VISIBLE_GAPS = 20

/** Whether a person is connected. @param interviewer null for the candidate */
export function presenceOf(state: RoomState, interviewer: string | null, { living }: ViewContext): Presence {
  const mine = Object.values(state.connections).filter((connection) => connection.interviewer === interviewer)
  const here = mine.filter(({ instance }) => living.has(instance))
  if (here.length > 0) return { here: true, since: Math.min(...here.map(({ since }) => since)) }
  const gone = mine.length > 0 ? undefined : state.absences.findLast((one) => one.interviewer === interviewer)
  return { here: false, since: gone?.until === null ? gone.from : null }
}

/** Who was disconnected, and when. @param nameOf returns the name that the viewer may see; its argument is null for the candidate */
export function gapsOf(state: RoomState, nameOf: (interviewer: string | null) => string): Gap[] {
  return state.absences.slice(-MAX_VISIBLE_GAPS).map(({ interviewer, from, until }) => ({
    who: interviewer === null ? 'candidate' : 'interviewer',
    name: nameOf(interviewer),
    from,
    until,
  }))
}
