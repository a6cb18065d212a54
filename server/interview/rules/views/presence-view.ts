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

/** A shorter one is a reload or a hiccup of the network, which no one needs to know about. */
const MIN_VISIBLE_GAP_MS = 10_000

/** Whether a person is connected. @param interviewer null for the candidate */
export function presenceOf(state: RoomState, interviewer: string | null, { living }: ViewContext): Presence {
  const mine = Object.values(state.connections).filter((connection) => connection.interviewer === interviewer)
  const here = mine.filter(({ instance }) => living.has(instance))
  if (here.length > 0) return { here: true, since: Math.min(...here.map(({ since }) => since)) }
  const gone = mine.length > 0 ? undefined : state.absences.findLast((one) => one.interviewer === interviewer)
  return { here: false, since: gone?.until === null ? gone.from : null }
}

/** Who was disconnected during the interview for longer than a reload takes, and when. Before the first question there is nothing to interrupt. @param nameOf returns the name that the viewer may see; its argument is null for the candidate */
export function gapsOf(state: RoomState, nameOf: (interviewer: string | null) => string): Gap[] {
  const startedAt = state.startedAt ?? Infinity
  const long = state.absences.filter(({ from, until }) => {
    const end = until ?? state.endedAt ?? Infinity
    return end > startedAt && end - from >= MIN_VISIBLE_GAP_MS
  })
  return long.slice(-MAX_VISIBLE_GAPS).map(({ interviewer, from, until }) => ({
    who: interviewer === null ? 'candidate' : 'interviewer',
    name: nameOf(interviewer),
    from,
    until,
  }))
}
