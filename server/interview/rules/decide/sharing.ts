import type { SharedCard, SharedParts } from '#contract/interview/sharing.ts'
import { refuse, type Verdict } from '../decision.ts'
import type { RoomState } from '../room-state.ts'

/** Sets what the candidate's report includes: the common parts, and of scorecards only one's own. */
export function share(
  room: RoomState,
  interviewer: string,
  { parts, card }: { parts: SharedParts; card: SharedCard },
): Verdict {
  if (room.phase !== 'ended') return refuse('not-yet', 'You can share a report once the interview is over.')
  const mine = room.cards[interviewer]
  const something = Object.values(card).some(Boolean)
  if (something && (mine === undefined || mine.card.handedIn === null)) {
    return refuse('not-yet', 'Submit your scorecard before you share anything from it.')
  }
  return [{ type: 'shared', interviewer, parts, card }]
}
