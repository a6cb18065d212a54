import { daysBetween } from '../day.ts'
import { slugOf, type StudyCard } from './cards.ts'
import { likelihoodAfter } from './memory.ts'
import type { Schedule } from './schedule.ts'

/** How many cards “the weakest” are. */
export const WEAKEST = 20

/**
 * The cards to cram, the least likely to be known first; those never seen come after all others, in the order of the deck. Suspended
 * ones are left out, and so are bugs: fixing one is recorded, and cramming isn't.
 * @param what `all`, `weakest`, or the slug of a lesson
 */
export function cardsToCram(what: string, { cards, today, suspended }: Schedule, deck: readonly StudyCard[]) {
  const open = deck.filter(
    ({ id, kind }) => kind !== 'bug' && !suspended.has(id) && (isGroup(what) || slugOf(id) === what),
  )
  const likelihood = ({ id }: StudyCard): number => {
    const state = cards.get(id)
    return state === undefined ? 1 : likelihoodAfter(daysBetween(state.lastDay, today), state.memory)
  }
  const seenFirst = ({ id }: StudyCard): number => (cards.has(id) ? 0 : 1)
  const sorted = open.sort((a, b) => seenFirst(a) - seenFirst(b) || likelihood(a) - likelihood(b))
  return what === 'weakest' ? sorted.slice(0, WEAKEST) : sorted
}

function isGroup(what: string): boolean {
  return what === 'all' || what === 'weakest'
}
