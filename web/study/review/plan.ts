import { addDays, daysBetween, type Day } from '../day.ts'
import { minutesFor, type StudyCard } from './cards.ts'
import { GRADES, intervalAfter, likelihoodAfter, memoryAfter } from './memory.ts'
import { inOrder, queueOf } from './queue.ts'
import { dueTowards, upcoming, type CardState, type Schedule } from './schedule.ts'

/** Days that the plan looks ahead without a date. */
const DAYS_AHEAD = 14
/** Further than this, a plan is a guess. */
const MAX_DAYS_AHEAD = 60

interface PlannedDay {
  day: Day
  due: number
  fresh: number
  minutes: number
}

export interface Plan {
  days: PlannedDay[]
  /** The mean likelihood, 0 to 1, on the day of the interview if the plan is kept; null without a date. */
  expected: number | null
}

/** What the coming days hold, today's rest included, if every card is answered well. */
export function planOf(schedule: Schedule, deck: readonly StudyCard[]): Plan {
  const interview = upcoming(schedule.settings.interview, schedule.today)
  const count =
    interview === null ? DAYS_AHEAD : Math.min(MAX_DAYS_AHEAD, daysBetween(schedule.today, interview))
  const days: PlannedDay[] = []
  let state = schedule
  for (let ahead = 0; ahead < count; ahead++) {
    const queue = queueOf(state, deck)
    const cards = inOrder(queue)
    days.push({
      day: state.today,
      due: queue.due.length + queue.again.length,
      fresh: queue.fresh.length,
      minutes: minutesFor(cards.map(({ kind }) => kind)),
    })
    state = nextDay(answered(state, cards, interview))
  }
  if (interview === null) return { days, expected: null }
  return { days, expected: meanLikelihood(state, deck, interview) }
}

/** Every one of the cards graded good today. */
function answered(schedule: Schedule, cards: readonly StudyCard[], interview: Day | null): Schedule {
  const states = new Map(schedule.cards)
  for (const { id } of cards) {
    const before = states.get(id)
    const days = before === undefined ? 0 : Math.max(0, daysBetween(before.lastDay, schedule.today))
    const memory = memoryAfter(before?.memory ?? null, days, GRADES.good)
    const interval = intervalAfter(before?.memory ?? null, days, GRADES.good)
    const state = { memory, lastDay: schedule.today, lastTime: 0 }
    states.set(id, { ...state, due: dueTowards(id, state, interval, interview) })
  }
  return { ...schedule, cards: states }
}

function nextDay(schedule: Schedule): Schedule {
  const nothing = new Set<string>()
  const done = { buried: nothing, newToday: nothing, reviewedToday: nothing }
  return { ...schedule, ...done, today: addDays(schedule.today, 1) }
}

/** The mean likelihood that a card is known on a day; one never seen counts as not known. */
function meanLikelihood({ cards }: Pick<Schedule, 'cards'>, deck: readonly StudyCard[], day: Day): number {
  const likelihood = (state: CardState | undefined): number =>
    state === undefined ? 0 : likelihoodAfter(daysBetween(state.lastDay, day), state.memory)
  const sum = deck.reduce((total, { id }) => total + likelihood(cards.get(id)), 0)
  return deck.length === 0 ? 0 : sum / deck.length
}
