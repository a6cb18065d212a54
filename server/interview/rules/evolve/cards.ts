import type { Scorecard } from '#contract/interview/scorecard.ts'
import { NO_CARD_SHARED } from '#contract/interview/sharing.ts'
import type { RoomEventOf } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { ascending } from './questions.ts'

type CardEvent = RoomEventOf<
  | 'key-point-ticked'
  | 'red-flag-raised'
  | 'scored'
  | 'moment-marked'
  | 'moment-removed'
  | 'handed-in'
  | 'taken-back'
  | 'shared'
>

/** Scores, ticks, red flags, moments and what is shared of them. */
export function evolveCards(state: RoomState, event: CardEvent): RoomState {
  const mine = state.cards[event.interviewer]
  if (mine === undefined) return state
  if (event.type === 'shared') {
    const cards = { ...state.cards, [event.interviewer]: { ...mine, shared: event.card } }
    return { ...state, cards, parts: event.parts }
  }
  // What was shared of a card is shared again once it is handed in again.
  const shared = event.type === 'taken-back' ? NO_CARD_SHARED : mine.shared
  const card = { ...mine, card: scorecard(mine.card, event), shared }
  return { ...state, cards: { ...state.cards, [event.interviewer]: card } }
}

function scorecard(card: Scorecard, event: Exclude<CardEvent, { type: 'shared' }>): Scorecard {
  switch (event.type) {
    case 'key-point-ticked': {
      const others = (card.ticks[event.question] ?? []).filter((index) => index !== event.keyPoint)
      const ticks = event.ticked ? ascending([...others, event.keyPoint]) : others
      return { ...card, ticks: { ...card.ticks, [event.question]: ticks } }
    }
    case 'red-flag-raised': {
      const others = (card.flags[event.question] ?? []).filter((index) => index !== event.redFlag)
      const flags = event.raised ? ascending([...others, event.redFlag]) : others
      return { ...card, flags: { ...card.flags, [event.question]: flags } }
    }
    case 'scored': {
      const { [event.question]: _old, ...others } = card.scores
      return { ...card, scores: event.score === null ? others : { ...others, [event.question]: event.score } }
    }
    case 'moment-marked': {
      const { moment: id, at, label, question } = event
      return { ...card, moments: [...card.moments, { id, at, label, question }] }
    }
    case 'moment-removed':
      return { ...card, moments: card.moments.filter(({ id }) => id !== event.moment) }
    case 'handed-in':
      return { ...card, handedIn: event.at }
    case 'taken-back':
      return { ...card, handedIn: null }
  }
}
