import { EMPTY_SCORECARD } from '#contract/interview/scorecard.ts'
import { NO_CARD_SHARED } from '#contract/interview/sharing.ts'
import type { RoomEventOf } from '../room-events.ts'
import type { CardState, RoomState } from '../room-state.ts'

/** The candidate, the interviewers and the code. */
export function evolveSeat(
  state: RoomState,
  event: RoomEventOf<'candidate-joined' | 'seat-freed' | 'interviewer-joined'>,
): RoomState {
  if (event.type === 'seat-freed') return { ...state, seatFree: true }
  if (event.type === 'candidate-joined') {
    const { name, keyHash, told, at } = event
    const before = state.candidate
    const joinedAt = before?.joinedAt ?? at
    const formerNames = [
      ...(before?.formerNames ?? []),
      ...(before === null || before.name === name ? [] : [{ name: before.name, until: at }]),
    ]
    return { ...state, seatFree: false, candidate: { name, keyHash, joinedAt, told, formerNames } }
  }
  const known = state.cards[event.interviewer]
  const card: CardState = known ?? { name: '', card: EMPTY_SCORECARD, notes: {}, shared: NO_CARD_SHARED }
  return { ...state, cards: { ...state.cards, [event.interviewer]: { ...card, name: event.name } } }
}
