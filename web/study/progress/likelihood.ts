import { daysBetween, type Day } from '../day.ts'
import type { StudyCard } from '../review/cards.ts'
import { likelihoodAfter } from '../review/memory.ts'
import type { CardState, Schedule } from '../review/schedule.ts'

/** How likely some cards are known today. */
export interface Likelihood {
  /** Cards that were graded at least once. */
  seen: number
  cards: number
  /** The mean likelihood, 0 to 1, that one of the cards is known today: one never seen counts as not known. Null if none was seen. */
  likelihood: number | null
}

/** A topic's cards. */
export interface TopicLikelihood extends Likelihood {
  topic: string
}

/** How likely it is that one of the cards, drawn at random, is known today. */
export function likelihoodOf(
  deck: readonly Pick<StudyCard, 'id'>[],
  { cards, today }: Pick<Schedule, 'cards' | 'today'>,
): Likelihood {
  const known = deck.flatMap(({ id }) => {
    const state = cards.get(id)
    return state === undefined ? [] : [knownOn(state, today)]
  })
  const sum = known.reduce((total, likelihood) => total + likelihood, 0)
  return { seen: known.length, cards: deck.length, likelihood: known.length === 0 ? null : sum / deck.length }
}

/** Every topic of the deck: those seen, the least likely to be known first, then the others by name. */
export function likelihoodByTopic(
  schedule: Pick<Schedule, 'cards' | 'today'>,
  deck: readonly StudyCard[],
): TopicLikelihood[] {
  const topics = [...new Set(deck.flatMap(({ question }) => question.topics))]
  return topics
    .map((topic) => {
      const ofTopic = deck.filter(({ question }) => question.topics.includes(topic))
      return { topic, ...likelihoodOf(ofTopic, schedule) }
    })
    .sort((a, b) => (a.likelihood ?? 2) - (b.likelihood ?? 2) || (a.topic < b.topic ? -1 : 1))
}

/**
 * The likelihood, 0 to 1, that a card is known on a day. A card graded again comes back on the same day, and isn't known until then,
 * whatever the model says of the minutes after.
 */
export function knownOn({ due, lastDay, memory }: CardState, day: Day): number {
  return due <= lastDay ? 0 : likelihoodAfter(daysBetween(lastDay, day), memory)
}
