import type { Refused } from '#contract/interview/commands.ts'
import type { RoomChange, RoomEvent } from './room-events.ts'

/** Why a command was refused, with a sentence for the person who sent it. */
export interface Refusal {
  refused: Refused
  message: string
}

/** The result of a command: events to append (none when it was done before or changes nothing), or a refusal. */
export type Decision = { events: RoomEvent[] } | Refusal

/** The result of one rule, before its events are stamped. */
export type Verdict = RoomChange[] | Refusal

/** @param message a sentence for the person who sent the command */
export function refuse(refused: Refused, message: string): Refusal {
  return { refused, message }
}

export function isRefusal(outcome: object): outcome is Refusal {
  return 'refused' in outcome
}

/** Events as they are stored: with their version, time and cause. */
export function stamped(changes: readonly RoomChange[], at: number, command: string | null): RoomEvent[] {
  return changes.map((change) => ({ v: 1, at, command, ...change }))
}
