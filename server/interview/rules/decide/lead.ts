import type { HostCommand } from '#contract/interview/commands.ts'
import { refuse, type Verdict } from '../decision.ts'
import type { RoomChange } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'

/** What the candidate notices: only one interviewer at a time may do these, or two of them would pull the interview apart. */
const LEADING: readonly HostCommand['type'][] = [
  ...(['go-to', 'announce', 'withdraw', 'pause', 'resume', 'add-time', 'open-follow-up', 'reveal'] as const),
  'end',
]

/** Whether a command leads the interview. Scoring, notes and sharing don't. */
export function leads({ type }: HostCommand): boolean {
  return LEADING.includes(type)
}

/**
 * What a command that leads amounts to for this interviewer: the first one to do so leads from then on, and the others are refused until
 * they take over. Where there is nothing left to do, they need no lead. On own time no one leads.
 */
export function led(room: RoomState, me: string, changes: RoomChange[]): Verdict {
  if (room.mode === 'own-time' || changes.length === 0 || room.leader === me) return changes
  if (room.leader === null) return [{ type: 'lead-taken', interviewer: me }, ...changes]
  return refuse(
    'not-allowed',
    `${room.cards[room.leader]?.name ?? 'Another interviewer'} is leading. Take over first.`,
  )
}

/** Makes this interviewer the one who leads. */
export function takeLead(room: RoomState, me: string): Verdict {
  if (room.mode === 'own-time') {
    return refuse('not-allowed', 'The candidate works through the questions on their own time.')
  }
  if (room.phase === 'ended') return refuse('too-late', 'The interview is over.')
  return room.leader === me ? [] : [{ type: 'lead-taken', interviewer: me }]
}
