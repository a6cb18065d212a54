import type { QuestionKey } from '#contract/interview/plan.ts'
import type { Scorecard } from '#contract/interview/scorecard.ts'
import { NO_CARD_SHARED } from '#contract/interview/sharing.ts'
import type { RoomEventOf } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { ascending } from './questions.ts'

type CardEvent = RoomEventOf<
  | 'key-point-ticked'
  | 'red-flag-raised'
  | 'scored'
  | 'marked-not-assessed'
  | 'recommended'
  | 'moment-marked'
  | 'moment-removed'
  | 'handed-in'
  | 'taken-back'
  | 'shared'
>

/** Scores, ticks, red flags, moments, recommendations and what is shared of them. */
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
      const without = withoutJudgement(card, event.question)
      if (event.score === null) return without
      return { ...without, scores: { ...without.scores, [event.question]: event.score } }
    }
    case 'marked-not-assessed': {
      const without = withoutJudgement(card, event.question)
      if (!event.notAssessed) return without
      return { ...without, notAssessed: [...without.notAssessed, event.question] }
    }
    case 'recommended':
      return { ...card, recommendation: event.recommendation }
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

/** The card with neither a score for the question nor the mark that it isn't assessed: they exclude each other. */
function withoutJudgement(card: Scorecard, question: QuestionKey): Scorecard {
  const { [question]: _score, ...scores } = card.scores
  return { ...card, scores, notAssessed: card.notAssessed.filter((key) => key !== question) }
}
