import { daysBetween } from '../day.ts'
import type { StudyCard } from './cards.ts'
import { likelihoodAfter } from './memory.ts'
import { upcoming, type CardState, type Schedule } from './schedule.ts'

/** What is left to review today, in order. */
export interface Queue {
  /** Due from before today. */
  due: StudyCard[]
  /** Never graded. */
  fresh: StudyCard[]
  /** Graded today, and to be seen again today. */
  again: StudyCard[]
}

/**
 * Today's queue: what is due first, the least likely to be known before the others, then new cards, then what was graded `again`
 * today, the longest ago first. A card never follows one of its own question if another is left.
 * @param deck in the order of introduction
 */
export function queueOf(schedule: Schedule, deck: readonly StudyCard[]): Queue {
  const { today, suspended, buried, settings, newToday, reviewedToday } = schedule
  const open = deck.filter(({ id }) => !suspended.has(id) && !buried.has(id))
  const graded = open.flatMap((card) => {
    const state = schedule.cards.get(card.id)
    return state === undefined || state.due > today ? [] : [{ card, state }]
  })
  const isAgain = ({ state }: { state: CardState }): boolean => state.lastDay >= today
  const likelihood = ({ state }: { state: CardState }): number =>
    likelihoodAfter(daysBetween(state.lastDay, today), state.memory)
  const due = graded
    .filter((one) => !isAgain(one))
    .sort((a, b) => likelihood(a) - likelihood(b) || (a.card.id < b.card.id ? -1 : 1))
    .slice(0, Math.max(0, settings.reviewsPerDay - reviewedToday.size))
  const again = graded.filter(isAgain).sort((a, b) => a.state.lastTime - b.state.lastTime)
  const unseen = open.filter(({ id }) => !schedule.cards.has(id))
  const fresh = unseen.slice(0, Math.max(0, newLimit(schedule, unseen.length) - newToday.size))
  return {
    due: spread(due.map(({ card }) => card)),
    fresh: spread(fresh),
    again: again.map(({ card }) => card),
  }
}

/** New cards for today: the learner's own limit, or as many as it takes to see each one before the interview. */
function newLimit({ today, settings, newToday }: Schedule, unseen: number): number {
  const interview = upcoming(settings.interview, today)
  if (interview === null) return settings.newPerDay
  return Math.max(settings.newPerDay, Math.ceil((unseen + newToday.size) / daysBetween(today, interview)))
}

/** The whole queue as one list. */
export function inOrder({ due, fresh, again }: Queue): StudyCard[] {
  return [...due, ...fresh, ...again]
}

/** Keeps the order, but takes a card of another question next wherever there is one. */
function spread(cards: readonly StudyCard[]): StudyCard[] {
  const left = [...cards]
  const spread: StudyCard[] = []
  while (left.length > 0) {
    const last = spread.at(-1)?.question.slug
    const index = left.findIndex(({ question }) => question.slug !== last)
    spread.push(...left.splice(Math.max(0, index), 1))
  }
  return spread
}
