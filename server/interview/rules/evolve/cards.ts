import { usedAt } from '#contract/interview/answer-time.ts'
import { flagName, quoteName, tickName } from '#contract/interview/evidence.ts'
import type { QuestionKey } from '#contract/interview/plan.ts'
import type { Scorecard } from '#contract/interview/scorecard.ts'
import { NO_CARD_SHARED } from '#contract/interview/sharing.ts'
import type { RoomEventOf } from '../room-events.ts'
import type { RoomState } from '../room-state.ts'
import { ascending } from './questions.ts'

type MarkEvent = RoomEventOf<'key-point-ticked' | 'red-flag-raised' | 'scored' | 'quote-bound'>
type CardEvent =
  | MarkEvent
  | RoomEventOf<
      | 'marked-not-assessed'
      | 'recommended'
      | 'quote-removed'
      | 'moment-marked'
      | 'moment-removed'
      | 'handed-in'
      | 'taken-back'
    >

/** Scores, ticks, red flags, quotes, moments, recommendations and what is shared of them. */
export function evolveCards(state: RoomState, event: CardEvent | RoomEventOf<'shared'>): RoomState {
  const mine = state.cards[event.interviewer]
  if (mine === undefined) return state
  if (event.type === 'shared') {
    const cards = { ...state.cards, [event.interviewer]: { ...mine, shared: event.card } }
    return { ...state, cards, parts: event.parts }
  }
  // What was shared of a card is shared again once it is handed in again.
  const shared = event.type === 'taken-back' ? NO_CARD_SHARED : mine.shared
  const card = { ...mine, card: scorecard(mine.card, event, state), shared }
  return { ...state, cards: { ...state.cards, [event.interviewer]: card } }
}

function scorecard(card: Scorecard, event: CardEvent, state: RoomState): Scorecard {
  switch (event.type) {
    case 'key-point-ticked': {
      const others = (card.ticks[event.question] ?? []).filter((index) => index !== event.keyPoint)
      const ticks = event.ticked ? ascending([...others, event.keyPoint]) : others
      const times = timed(card, event, { name: tickName(event.keyPoint), stays: event.ticked, state })
      return { ...card, times, ticks: { ...card.ticks, [event.question]: ticks } }
    }
    case 'red-flag-raised': {
      const others = (card.flags[event.question] ?? []).filter((index) => index !== event.redFlag)
      const flags = event.raised ? ascending([...others, event.redFlag]) : others
      const times = timed(card, event, { name: flagName(event.redFlag), stays: event.raised, state })
      return { ...card, times, flags: { ...card.flags, [event.question]: flags } }
    }
    case 'scored': {
      const without = withoutJudgement(card, event.question)
      const times = timed(without, event, { name: 'score', stays: event.score !== null, state })
      if (event.score === null) return without
      return { ...without, times, scores: { ...without.scores, [event.question]: event.score } }
    }
    case 'marked-not-assessed': {
      const without = withoutJudgement(card, event.question)
      if (!event.notAssessed) return without
      return { ...without, notAssessed: [...without.notAssessed, event.question] }
    }
    case 'recommended':
      return { ...card, recommendation: event.recommendation }
    case 'quote-bound': {
      const { quote: id, question, target, source } = event
      const times = timed(card, event, { name: quoteName(id), stays: true, state })
      return { ...card, times, quotes: [...card.quotes, { id, question, target, source }] }
    }
    case 'quote-removed':
      return withoutQuote(card, event.quote)
    case 'moment-marked': {
      const { moment: id, at, label, question, about } = event
      return { ...card, moments: [...card.moments, { id, at: about ?? at, label, question }] }
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
  const notAssessed = card.notAssessed.filter((key) => key !== question)
  return { ...card, scores, notAssessed, times: withoutName(card.times, question, 'score') }
}

/** The moments of a card with the one of this event, or without it when it is taken back. */
function timed(
  { times }: Scorecard,
  { question, at: eventTime, about }: MarkEvent,
  { name, stays, state }: { name: string; stays: boolean; state: RoomState },
): Scorecard['times'] {
  const others = withoutName(times, question, name)
  if (!stays) return others
  const at = about ?? eventTime
  const used = usedAt(state.questions[question]?.clockChanges ?? [], at)
  return { ...others, [question]: { ...others[question], [name]: { at, used } } }
}

function withoutQuote(card: Scorecard, id: string): Scorecard {
  const question = card.quotes.find((quote) => quote.id === id)?.question
  if (question === undefined) return card
  const quotes = card.quotes.filter((quote) => quote.id !== id)
  return { ...card, quotes, times: withoutName(card.times, question, quoteName(id)) }
}

function withoutName(times: Scorecard['times'], question: QuestionKey, name: string): Scorecard['times'] {
  const { [name]: _gone, ...others } = times[question] ?? {}
  return { ...times, [question]: others }
}
