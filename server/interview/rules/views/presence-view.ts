import type { Gap, Presence } from '#contract/interview/presence.ts'
import type { RoomState } from '../room-state.ts'

/** What a view depends on beside the state. */
export interface ViewContext {
  /** Milliseconds since 1970. */
  now: number
  /** Instances that run. A connection to one that doesn't is gone, though nobody has written it down yet. */
  living: ReadonlySet<string>
}

/** Gaps that a view shows: the latest. */
const MAX_VISIBLE_GAPS = 20

/** Whether somebody is connected. @param interviewer null for the candidate */
export function presenceOf(state: RoomState, interviewer: string | null, { living }: ViewContext): Presence {
  const mine = Object.values(state.connections).filter((connection) => connection.interviewer === interviewer)
  const here = mine.filter(({ instance }) => living.has(instance))
  if (here.length > 0) return { here: true, since: Math.min(...here.map(({ since }) => since)) }
  const gone = mine.length > 0 ? undefined : state.absences.findLast((one) => one.interviewer === interviewer)
  return { here: false, since: gone?.until === null ? gone.from : null }
}

/** When whom nobody could reach. @param nameOf the name that whoever looks may see; null for the candidate */
export function gapsOf(state: RoomState, nameOf: (interviewer: string | null) => string): Gap[] {
  return state.absences.slice(-MAX_VISIBLE_GAPS).map(({ interviewer, from, until }) => ({
    who: interviewer === null ? 'candidate' : 'interviewer',
    name: nameOf(interviewer),
    from,
    until,
  }))
}
