import type { StudyQuestion } from '#contract/page.ts'
import { isEvent } from '#contract/study/check-event.ts'
import { changeEvents, packEvents, readEvents } from '../web/study/log/event-database.ts'
import { resultOf } from '../web/study/log/open-database.ts'
import { logOf, type StudyEvent } from '../web/study/log/event.ts'
import { dayOf } from '../web/study/day.ts'
import { cardsOf } from '../web/study/review/cards.ts'
import { planOf } from '../web/study/review/plan.ts'
import { inOrder, queueOf } from '../web/study/review/queue.ts'
import { scheduleOf } from '../web/study/review/schedule.ts'

const MINUTE_MS = 60_000

/** Milliseconds that each part took. */
export interface StudyTimes {
  /** Every record by itself, as a log that was never packed is read. */
  records: number
  read: number
  check: number
  schedule: number
  next: number
  plan: number
}

/** What `study.ts` calls in the browser. */
export const studyBench = { fill, measure }

/** Reviews of every card in turn, some months of them, as if each had been graded then. They are stored like any other. */
async function fill(count: number): Promise<void> {
  const deck = cardsOf(await questions())
  const reviews = Array.from({ length: count }, (_, index): StudyEvent => {
    const time = Date.now() - (count - index) * 20 * MINUTE_MS
    const card = deck[index % deck.length]?.id ?? ''
    const grade = 1 + ((index * 7) % 4)
    return { ...{ id: crypto.randomUUID(), version: 1, time, day: dayOf(time) }, kind: 'review', card, grade }
  })
  await changeEvents({ put: reviews, remove: [] })
  // As a page does once it is idle.
  await packEvents(reviews)
}

/**
 * Loads the log and schedules it as a page does, and then once more with one more grade.
 * @param recordsFirst whether the records are read before the pack: whatever is second may find something warm
 */
async function measure(recordsFirst: boolean): Promise<StudyTimes> {
  const deck = cardsOf(await questions())
  let records = recordsFirst ? await readRecords() : 0
  const [stored, read] = await timed(() => readEvents())
  if (!recordsFirst) records = await readRecords()
  const [events, check] = await timed(() => stored.events.filter(isEvent))
  const [first, schedule] = await timed(() => {
    const log = logOf(events)
    return { log, schedule: scheduleOf(log, Date.now()) }
  })
  const time = Date.now()
  const [card] = inOrder(queueOf(first.schedule, deck))
  const stamp = { id: crypto.randomUUID(), version: 1, time, day: dayOf(time) }
  const grade: StudyEvent = { ...stamp, kind: 'review', card: card?.id ?? '', grade: 3 }
  const [after, next] = await timed(() => {
    const schedule = scheduleOf(logOf([...first.log, grade]), time)
    return { schedule, cards: inOrder(queueOf(schedule, deck)) }
  })
  const [, plan] = await timed(() => planOf(after.schedule, deck))
  return { records, read, check, schedule, next, plan }
}

/** @returns milliseconds */
async function readRecords(): Promise<number> {
  const [, ms] = await timed(async () => {
    const database = await resultOf(indexedDB.open('viva-study', 1))
    await resultOf(database.transaction('events').objectStore('events').getAll())
    database.close()
  })
  return ms
}

async function questions(): Promise<StudyQuestion[]> {
  return (await (await fetch('/study.json')).json()) as StudyQuestion[]
}

async function timed<T>(run: () => T | Promise<T>): Promise<[result: T, ms: number]> {
  const began = performance.now()
  const result = await run()
  return [result, performance.now() - began]
}
