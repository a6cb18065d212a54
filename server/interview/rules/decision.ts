import type { Refused } from '#contract/interview/commands.ts'
import type { RoomChange, RoomEvent } from './room-events.ts'

/** A command that is not done, with a sentence for whoever asked. */
export interface Refusal {
  refused: Refused
  says: string
}

/** What comes of a command: events to append (none when it was done before or changes nothing), or a refusal. */
export type Decision = { events: RoomEvent[] } | Refusal

/** What one rule says, before events are stamped. */
export type Verdict = RoomChange[] | Refusal

export function refuse(refused: Refused, says: string): Refusal {
  return { refused, says }
}

export function isRefusal(outcome: object): outcome is Refusal {
  return 'refused' in outcome
}

/** Events as they are stored: with their version, time and cause. */
export function stamped(changes: readonly RoomChange[], at: number, command: string | null): RoomEvent[] {
  return changes.map((change) => ({ v: 1, at, command, ...change }))
}
