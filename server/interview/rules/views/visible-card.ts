import type { FormerName } from '#contract/interview/presence.ts'
import type { CardState, RoomState } from '../room-state.ts'
import { textOf } from '../text-document.ts'

/**
 * Whether an interviewer may see a scorecard: always their own, another's once both are handed in. Every view, report and table decides
 * by this alone.
 */
export function maySeeCard(state: RoomState, viewer: string, owner: string): boolean {
  if (viewer === owner) return true
  const isIn = (id: string): boolean => (state.cards[id]?.card.handedIn ?? null) !== null
  return isIn(viewer) && isIn(owner)
}

/** The cards that an interviewer may see, their own first. */
export function visibleCards(state: RoomState, viewer: string): [id: string, card: CardState][] {
  return Object.entries(state.cards)
    .filter(([id]) => maySeeCard(state, viewer, id))
    .sort(([one], [other]) => Number(other === viewer) - Number(one === viewer))
}

/** A card's notes as text, by what they are on; `''` has those on the interview as a whole. */
export function notesOf(card: CardState): Record<string, string> {
  return Object.fromEntries(Object.entries(card.notes).map(([of, document]) => [of, textOf(document)]))
}

/** What an interviewer ticked for a question, key points or red flags: nothing if they say that it can't be assessed. */
export function countedTicks({ card }: CardState, of: 'ticks' | 'flags', question: string): number[] {
  return card.notAssessed.includes(question) ? [] : (card[of][question] ?? [])
}

/** The candidate's name in a view, or the room's label when names are hidden or no one has joined. */
export function candidateName(state: RoomState, hideNames: boolean): string {
  return hideNames ? state.label : (state.candidate?.name ?? state.label)
}

/** The candidate's earlier names; none while names are hidden. */
export function formerNames(state: RoomState, hideNames: boolean): FormerName[] {
  return hideNames ? [] : [...(state.candidate?.formerNames ?? [])]
}
