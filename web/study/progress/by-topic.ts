import { daysBetween, type Day } from '../day.ts'
import type { StudyCard } from '../review/cards.ts'
import { likelihoodAfter } from '../review/memory.ts'
import type { CardState, Schedule } from '../review/schedule.ts'

/** What a learner would know of a topic today. */
export interface TopicLikelihood {
  topic: string
  /** Cards of it that were graded at least once. */
  seen: number
  cards: number
  /** The mean likelihood, 0 to 1, that a seen card is known today; null if none was seen. */
  likelihood: number | null
}

/** Every topic of the deck: those seen, the least likely to be known first, then the others by name. */
export function likelihoodByTopic(
  { cards, today }: Pick<Schedule, 'cards' | 'today'>,
  deck: readonly StudyCard[],
): TopicLikelihood[] {
  const topics = [...new Set(deck.flatMap(({ question }) => question.topics))]
  const rows = topics.map((topic) => {
    const ofTopic = deck.filter(({ question }) => question.topics.includes(topic))
    const likelihoods = ofTopic.flatMap(({ id }) => {
      const state = cards.get(id)
      return state === undefined ? [] : [knownAfter(state, today)]
    })
    const sum = likelihoods.reduce((total, likelihood) => total + likelihood, 0)
    return {
      ...{ topic, seen: likelihoods.length, cards: ofTopic.length },
      likelihood: likelihoods.length === 0 ? null : sum / likelihoods.length,
    }
  })
  return rows.sort((a, b) => (a.likelihood ?? 2) - (b.likelihood ?? 2) || a.topic.localeCompare(b.topic))
}

/** A card graded again comes back on the same day, and isn't known until then, whatever the model says of the minutes after. */
function knownAfter({ due, lastDay, memory }: CardState, today: Day): number {
  return due <= lastDay ? 0 : likelihoodAfter(daysBetween(lastDay, today), memory)
}
