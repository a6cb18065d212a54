import { daysBetween, type Day } from '../day.ts'
import type { EventOf, StudyEvent } from '../log/event.ts'
import { slugOf } from './cards.ts'
import { gradesOf, isKnownAtOnce, reviewedIn } from './grades.ts'
import { GRADES, memoryAfter, type Grade, type Memory } from './memory.ts'

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
  /** How often it was graded `again` when it had been known before. */
  lapses: number
  /** Days until it is due, where they don't follow from the grade. */
  interval?: number
}

/** What a log amounts to on a day. Cards are named by their ids. */
export interface Replay {
  graded: Map<string, GradedCard>
  suspended: Set<string>
  /** Cards that were forgotten too often to be asked again as they are. */
  leeches: Set<string>
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
    leeches: new Set(),
    buried: new Set(),
    newToday: new Set(),
    reviewedToday: new Set(),
  },
  settings: { newPerDay: 15, reviewsPerDay: 100, interview: null },
}

/** Anki's rule: a card becomes a leech when it was forgotten so often, and again each time after so many more. */
const LEECH_AT_LAPSES = 8
const LEECH_EVERY_LAPSES = 4

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

function copyOf({ graded, suspended, leeches, buried, newToday, reviewedToday, settings }: Replay): Replay {
  return {
    graded: new Map(graded),
    suspended: new Set(suspended),
    leeches: new Set(leeches),
    buried: new Set(buried),
    newToday: new Set(newToday),
    reviewedToday: new Set(reviewedToday),
    settings,
  }
}

function apply(result: Replay, event: StudyEvent, today: Day): void {
  const { graded, suspended, leeches, buried, newToday, reviewedToday } = result
  const reviewed = event.day === today ? reviewedIn(event) : null
  if (reviewed !== null) {
    const isNew = !graded.has(reviewed) || newToday.has(reviewed)
    ;(isNew ? newToday : reviewedToday).add(reviewed)
  }
  for (const [card, grade] of gradesOf(event)) {
    const before = graded.get(card)
    if (before === undefined && isKnownAtOnce(event, grade)) continue
    const after = cardAfter(before, grade, event)
    graded.set(card, after)
    if (after.lapses !== before?.lapses && isLeechAt(after.lapses)) leeches.add(card)
  }
  if (event.kind === 'suspend') {
    if (event.isSuspended) suspended.add(event.card)
    else for (const cards of [suspended, leeches]) cards.delete(event.card)
  } else if (event.kind === 'task') {
    if (event.isPassed && !event.sawSolution) bringBack(result, event)
  } else if (event.kind === 'bury') {
    if (event.day === today) buried.add(event.card)
  } else if (event.kind === 'settings') {
    const { newPerDay, reviewsPerDay, interview } = event
    result.settings = { newPerDay, reviewsPerDay, interview }
  }
}

function isLeechAt(lapses: number): boolean {
  return lapses >= LEECH_AT_LAPSES && (lapses - LEECH_AT_LAPSES) % LEECH_EVERY_LAPSES === 0
}

/** A task that was passed shows what the leeches of its lesson are about: they are due again the next day. */
function bringBack({ graded, leeches }: Replay, task: EventOf<'task'>): void {
  for (const card of leeches) {
    const before = graded.get(card)
    if (before === undefined || slugOf(card) !== task.slug) continue
    leeches.delete(card)
    graded.set(card, { ...cardAfter(before, GRADES.good, task), interval: 1 })
  }
}

function cardAfter(before: GradedCard | undefined, grade: Grade, { day, time }: StudyEvent): GradedCard {
  // Someone who travels west, or sets a clock back, may grade a card on an earlier day than before.
  const days = before === undefined ? 0 : Math.max(0, daysBetween(before.lastDay, day))
  const memory = before?.memory ?? null
  const isLapse = grade === GRADES.again && before !== undefined && before.grade !== GRADES.again
  return {
    memory: memoryAfter(memory, days, grade),
    lastDay: before === undefined || day > before.lastDay ? day : before.lastDay,
    lastTime: time,
    ...{ before: memory, days, grade, lapses: (before?.lapses ?? 0) + (isLapse ? 1 : 0) },
  }
}
