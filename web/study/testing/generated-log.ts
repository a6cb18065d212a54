import fc from 'fast-check'
import { dayOf } from '../day.ts'
import { LOG_VERSION, type Fact, type Stamp, type StudyEvent } from '../log/event.ts'

let count = 0

/** An event as if it had been written at a time. */
export function eventAt<F extends Fact>(time: number, fact: F): Stamp & F {
  count += 1
  return {
    id: `event-${String(count).padStart(6, '0')}`,
    version: LOG_VERSION,
    time,
    day: dayOf(time),
    ...fact,
  }
}

/** An attempt at a question. */
export function attemptAt(time: number, slug: string, level: number, more: object = {}) {
  return eventAt(time, {
    kind: 'attempt' as const,
    ...{ slug, level, named: [], missed: [], written: '', seconds: null, followUp: null, mock: null },
    ...more,
  })
}

const slug = fc.constantFrom('01-one', '02-two', '03-three')
const time = fc.integer({ min: 1_750_000_000_000, max: 1_850_000_000_000 })
const attempt = fc
  .record({
    ...{ time, slug, level: fc.integer({ min: 0, max: 4 }) },
    named: fc.uniqueArray(fc.constantFrom('a point', 'another', '`code`')),
    missed: fc.uniqueArray(fc.string()),
    written: fc.string({ unit: 'grapheme' }),
    seconds: fc.option(fc.integer({ min: 0, max: 1e6 })),
    followUp: fc.option(fc.string()),
    mock: fc.constant(null),
  })
  .map(({ time, slug, level, ...more }) => attemptAt(time, slug, level, more))

const item = fc.constantFrom('a', 'b')
const mark: fc.Arbitrary<StudyEvent> = fc
  .tuple(
    time,
    fc.oneof<fc.Arbitrary<Fact>[]>(
      fc.record({ kind: fc.constant('read' as const), slug }),
      fc.record({ kind: fc.constant('proved' as const), slug, claims: fc.uniqueArray(item) }),
      fc.record({ kind: fc.constant('ticked' as const), slug, point: item, isTicked: fc.boolean() }),
      fc.record({ kind: fc.constant('cleared' as const) }),
    ),
  )
  .map(([time, fact]) => eventAt(time, fact))

/** Logs with some of their events removed again. */
export const anyLog: fc.Arbitrary<StudyEvent[]> = fc
  .tuple(fc.array(fc.oneof(attempt, mark), { maxLength: 16 }), fc.infiniteStream(fc.boolean()))
  .map(([attempts, removes]) => [
    ...attempts,
    ...attempts.flatMap(({ id, time }) =>
      removes.next().value ? [eventAt(time + 1, { kind: 'removed' as const, event: id })] : [],
    ),
  ])
