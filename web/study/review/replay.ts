import { daysBetween, type Day } from '../day.ts'
import type { EventOf, StudyEvent } from '../log/event.ts'
import { gradesOf } from './grades.ts'
import { memoryAfter, type Grade, type Memory } from './memory.ts'

export type Settings = Pick<EventOf<'settings'>, 'newPerDay' | 'reviewsPerDay' | 'interview'>

/** A card after its last grade, with what its next interval is computed from. */
export interface GradedCard {
  memory: Memory
  /** The day of the last grade. */
  lastDay: Day
  /** When it was last graded, in milliseconds, to order what comes again on the same day. */
  lastTime: number
  /** The memory before that grade, the days since the one before it, and the grade itself. */
  before: Memory | null
  days: number
  grade: Grade
}

/** What a log amounts to on a day. Cards are named by their ids. */
export interface Replay {
  graded: Map<string, GradedCard>
  suspended: Set<string>
  /** Not before tomorrow. */
  buried: Set<string>
  /** Cards that were first graded in today's review. */
  newToday: Set<string>
  /** Other cards that were graded in today's review. */
  reviewedToday: Set<string>
  settings: Settings
}

const NOTHING: Replay = {
  ...{
    graded: new Map(),
    suspended: new Set(),
    buried: new Set(),
    newToday: new Set(),
    reviewedToday: new Set(),
  },
  settings: { newPerDay: 15, reviewsPerDay: 100, interview: null },
}

/** Enough to find the log of before an undone grade. */
const MAX_REPLAYS = 8
// Replaying a year of grades takes longer than a frame, and after one more grade nearly all of it would be the same again. A log that
// begins with one that was replayed goes on from there: events never change.
let replays: { log: readonly StudyEvent[]; today: Day; result: Replay }[] = []

/** Replays a log. The result isn't to be changed. */
export function replay(log: readonly StudyEvent[], today: Day): Replay {
  const known = replays.find((earlier) => earlier.today === today && beginsWith(log, earlier.log))
  const result = copyOf(known?.result ?? NOTHING)
  for (const event of log.slice(known?.log.length ?? 0)) apply(result, event, today)
  replays = [{ log, today, result }, ...replays].slice(0, MAX_REPLAYS)
  return result
}

function beginsWith(log: readonly StudyEvent[], beginning: readonly StudyEvent[]): boolean {
  return beginning.length <= log.length && beginning.every((event, index) => event === log[index])
}

function copyOf({ graded, suspended, buried, newToday, reviewedToday, settings }: Replay): Replay {
  return {
    graded: new Map(graded),
    suspended: new Set(suspended),
    buried: new Set(buried),
    newToday: new Set(newToday),
    reviewedToday: new Set(reviewedToday),
    settings,
  }
}

function apply(result: Replay, event: StudyEvent, today: Day): void {
  const { graded, suspended, buried, newToday, reviewedToday } = result
  if (event.kind === 'review' && event.day === today) {
    const isNew = !graded.has(event.card) || newToday.has(event.card)
    ;(isNew ? newToday : reviewedToday).add(event.card)
  }
  for (const [card, grade] of gradesOf(event)) graded.set(card, cardAfter(graded.get(card), grade, event))
  if (event.kind === 'suspend') {
    if (event.isSuspended) suspended.add(event.card)
    else suspended.delete(event.card)
  } else if (event.kind === 'bury') {
    if (event.day === today) buried.add(event.card)
  } else if (event.kind === 'settings') {
    const { newPerDay, reviewsPerDay, interview } = event
    result.settings = { newPerDay, reviewsPerDay, interview }
  }
}

function cardAfter(before: GradedCard | undefined, grade: Grade, { day, time }: StudyEvent): GradedCard {
  // Someone who travels west, or sets a clock back, may grade a card on an earlier day than before.
  const days = before === undefined ? 0 : Math.max(0, daysBetween(before.lastDay, day))
  const memory = before?.memory ?? null
  return {
    memory: memoryAfter(memory, days, grade),
    lastDay: before === undefined || day > before.lastDay ? day : before.lastDay,
    lastTime: time,
    ...{ before: memory, days, grade },
  }
}
