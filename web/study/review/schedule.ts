import { addDays, dayOf, daysBetween, type Day } from '../day.ts'
import { logOf, type StudyEvent } from '../log/event.ts'
import { intervalAfter, likelihoodAfter } from './memory.ts'
import { replay, type GradedCard, type Replay, type Settings } from './replay.ts'

export type { Settings }

/** A card that was graded at least once. */
export type CardState = Pick<GradedCard, 'memory' | 'lastDay' | 'lastTime'> & { due: Day }

/** What a log amounts to on a day, with the days on which cards are due. */
export interface Schedule extends Readonly<Omit<Replay, 'graded'>> {
  today: Day
  cards: ReadonlyMap<string, CardState>
}

/** A card less likely to be known than this on the day of the interview is seen once more in the last days. */
const LIKELY_ENOUGH = 0.95
/** The last looks before an interview are spread over at most so many days. */
const MAX_LAST_DAYS = 5

/**
 * Replays a log. Equal sets of events give equal schedules, whatever their order, the time zone or the clock: an event counts on the
 * day that it carries. What a wrong clock dated after tomorrow waits until then.
 * @param now milliseconds since 1970
 */
export function scheduleOf(events: readonly StudyEvent[], now: number): Schedule {
  const today = dayOf(now)
  const tomorrow = addDays(today, 1)
  const { graded, ...replayed } = replay(
    logOf(events).filter(({ day }) => day <= tomorrow),
    today,
  )
  const date = upcoming(replayed.settings.interview, today)
  const cards = new Map([...graded].map(([id, card]) => [id, stateOf(id, card, date)]))
  const suspended = new Set([...replayed.suspended, ...replayed.leeches])
  return { today, cards, ...replayed, suspended }
}

// Computed once for each grade.
const intervals = new WeakMap<GradedCard, number>()

function stateOf(id: string, card: GradedCard, interview: Day | null): CardState {
  const interval = card.interval ?? intervals.get(card) ?? intervalAfter(card.before, card.days, card.grade)
  intervals.set(card, interval)
  const { memory, lastDay, lastTime } = card
  return { memory, lastDay, lastTime, due: dueTowards(id, card, interval, interview) }
}

/** The date of the interview while it is ahead. */
export function upcoming(interview: Day | null, today: Day): Day | null {
  return interview !== null && interview > today ? interview : null
}

/**
 * When a card is due, given what FSRS wants. Before an interview, a card that would come back too late, and would then be known with
 * less than 95 %, is seen once more in the last days before it, at most five: which of them depends on the card alone.
 */
export function dueTowards(
  id: string,
  { lastDay, memory }: Pick<CardState, 'lastDay' | 'memory'>,
  interval: number,
  interview: Day | null,
): Day {
  const due = addDays(lastDay, interval)
  if (interview === null || due < interview) return due
  const left = daysBetween(lastDay, interview)
  if (left <= 1 || likelihoodAfter(left, memory) >= LIKELY_ENOUGH) return due
  const spread = Math.min(MAX_LAST_DAYS, Math.max(1, Math.floor(left / 3)))
  return addDays(interview, -1 - (hash(id) % spread))
}

/** FNV-1a, 32 bits: the same card always gets the same number. */
function hash(text: string): number {
  let sum = 0x811c9dc5
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193)
  return sum >>> 0
}
