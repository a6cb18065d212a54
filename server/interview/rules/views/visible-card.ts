import type { CardState, RoomState } from '../room-state.ts'
import { textOf } from '../text-document.ts'

/**
 * Whether an interviewer may see a scorecard: the own one always, another's once both are handed in. Every view, report and table asks this
 * and nothing else.
 */
export function maySeeCard(state: RoomState, viewer: string, owner: string): boolean {
  if (viewer === owner) return true
  const isIn = (id: string): boolean => (state.cards[id]?.card.handedIn ?? null) !== null
  return isIn(viewer) && isIn(owner)
}

/** The cards that an interviewer may see, the own one first. */
export function visibleCards(state: RoomState, viewer: string): [id: string, card: CardState][] {
  return Object.entries(state.cards)
    .filter(([id]) => maySeeCard(state, viewer, id))
    .sort(([one], [other]) => Number(other === viewer) - Number(one === viewer))
}

/** Texts of a card's notes, by question; `''` holds those to the whole. */
export function notesOf(card: CardState): Record<string, string> {
  return Object.fromEntries(Object.entries(card.notes).map(([of, document]) => [of, textOf(document)]))
}

/** How a view calls the candidate: the name, or the room's label when names are hidden or nobody has joined. */
export function candidateName(state: RoomState, hideNames: boolean): string {
  return hideNames ? state.label : (state.candidate?.name ?? state.label)
}
