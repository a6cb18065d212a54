import { addDays, dayOf, daysBetween, type Day } from '../day.ts'
import { logOf, type EventOf, type StudyEvent } from '../log/event.ts'
import { cardId } from './cards.ts'
import { GRADES, intervalAfter, likelihoodAfter, memoryAfter, type Grade, type Memory } from './memory.ts'

/** A card that was graded at least once. */
export interface CardState {
  memory: Memory
  /** The day of the last grade. */
  lastDay: Day
  /** When it was last graded, in milliseconds, to order what comes again on the same day. */
  lastTime: number
  due: Day
}

/** What a log amounts to on a day. Cards are named by their ids. */
export interface Schedule {
  today: Day
  cards: ReadonlyMap<string, CardState>
  suspended: ReadonlySet<string>
  /** Not before tomorrow. */
  buried: ReadonlySet<string>
  /** Cards that were first graded in today's review. */
  newToday: ReadonlySet<string>
  /** Other cards that were graded in today's review. */
  reviewedToday: ReadonlySet<string>
  settings: Settings
}

export type Settings = Pick<EventOf<'settings'>, 'newPerDay' | 'reviewsPerDay' | 'interview'>

const DEFAULT_SETTINGS: Settings = { newPerDay: 15, reviewsPerDay: 100, interview: null }

/** A card less likely to be known than this on the day of the interview is seen once more in the last days. */
const LIKELY_ENOUGH = 0.95
/** The last looks before an interview are spread over at most so many days. */
const MAX_LAST_DAYS = 5

/**
 * Replays a log. Equal sets of events give equal schedules, whatever their order, the time zone or the clock: an event counts on the
 * day that it carries. What a wrong clock dated after tomorrow waits until then.
 * @param now milliseconds since 1970
 */
export function scheduleOf(events: Iterable<StudyEvent>, now: number): Schedule {
  const today = dayOf(now)
  const lastDay = addDays(today, 1)
  const log = logOf(events).filter(({ day }) => day <= lastDay)
  const graded = new Map<string, Graded>()
  const suspended = new Set<string>()
  const buried = new Set<string>()
  const newToday = new Set<string>()
  const reviewedToday = new Set<string>()
  let settings = DEFAULT_SETTINGS

  for (const event of log) {
    if (event.kind === 'review' && event.day === today)
      (graded.has(event.card) && !newToday.has(event.card) ? reviewedToday : newToday).add(event.card)
    for (const step of stepsOf(event)) graded.set(step.card, replayed(step, graded.get(step.card), event))
    if (event.kind === 'suspend') {
      if (event.isSuspended) suspended.add(event.card)
      else suspended.delete(event.card)
    } else if (event.kind === 'bury') {
      if (event.day === today) buried.add(event.card)
    } else if (event.kind === 'settings') {
      const { newPerDay, reviewsPerDay, interview } = event
      settings = { newPerDay, reviewsPerDay, interview }
    }
  }
  const date = upcoming(settings.interview, today)
  const cards = new Map([...graded].map(([id, card]) => [id, stateOf(id, card, date)]))
  return { today, cards, suspended, buried, newToday, reviewedToday, settings }
}

/** A card after a grade, with what its next interval is computed from: only the one after the last grade is needed. */
interface Graded extends Omit<CardState, 'due'> {
  before: Memory | null
  days: number
  grade: Grade
  interval?: number
}

/** One grade of a replay, and what it made of the card. */
interface ReplayStep {
  card: string
  grade: Grade
  before?: Graded
  after?: Graded
}

// Replaying a year of grades takes longer than a frame, and with each new grade nearly all of it would be the same again. What a grade
// makes of a card follows from the event and the card before it, and neither ever changes.
const steps = new WeakMap<StudyEvent, ReplayStep[]>()

function stepsOf(event: StudyEvent): ReplayStep[] {
  let known = steps.get(event)
  if (known === undefined) {
    known = gradesOf(event).map(([card, grade]) => ({ card, grade }))
    steps.set(event, known)
  }
  return known
}

function replayed(step: ReplayStep, before: Graded | undefined, { day, time }: StudyEvent): Graded {
  if (step.after !== undefined && step.before === before) return step.after
  // Someone who travels west, or sets a clock back, may grade a card on an earlier day than before.
  const days = before === undefined ? 0 : Math.max(0, daysBetween(before.lastDay, day))
  const memory = before?.memory ?? null
  step.before = before
  step.after = {
    memory: memoryAfter(memory, days, step.grade),
    lastDay: before === undefined || day > before.lastDay ? day : before.lastDay,
    lastTime: time,
    before: memory,
    days,
    grade: step.grade,
  }
  return step.after
}

function stateOf(id: string, card: Graded, interview: Day | null): CardState {
  const { memory, lastDay, lastTime } = card
  card.interval ??= intervalAfter(card.before, card.days, card.grade)
  return { memory, lastDay, lastTime, due: dueTowards(id, card, card.interval, interview) }
}

/**
 * What an event says about cards. An attempt's level grades the question, a point that was named is good, one that was missed comes
 * again.
 */
function gradesOf(event: StudyEvent): (readonly [id: string, Grade])[] {
  if (event.kind === 'review') return [[event.card, event.grade as Grade]]
  if (event.kind !== 'attempt') return []
  const { slug, level, named, missed } = event
  const ofLevel = [GRADES.again, GRADES.again, GRADES.hard, GRADES.good, GRADES.easy] as const
  return [
    [cardId('say', slug), ofLevel[level] ?? GRADES.again],
    ...named.map((point) => [cardId('point', slug, point), GRADES.good] as const),
    ...missed.map((point) => [cardId('point', slug, point), GRADES.again] as const),
  ]
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
