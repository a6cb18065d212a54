// @vitest-environment node
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { faultOf } from '#contract/study/check-event.ts'
import { eventAt } from '../testing/generated-log.ts'
import { logOf, type StudyEvent } from './event.ts'
import { areSameMarks, marksOf, unrecordedMarks, type Marks } from './marks.ts'

const NOW = 1_795_900_000_000
const SLUGS = ['01-one', '02-two']
const ITEMS = ['a', 'b']

type Act =
  | { device: 0 | 1; does: 'read' | 'clear' | 'compare' | 'lose the log' | 'stop before it is noted' }
  | { device: 0 | 1; does: 'prove' | 'tick' | 'take back'; slug: string; item: string }
  | { device: 0 | 1; does: 'merge' }

const device = fc.constantFrom(0 as const, 1 as const)
const marking = fc.record({
  device,
  does: fc.constantFrom('prove' as const, 'tick' as const, 'take back' as const),
  slug: fc.constantFrom(...SLUGS),
  item: fc.constantFrom(...ITEMS),
})
function acting<D extends string>(...does: D[]) {
  return fc.record({ device, does: fc.constantFrom(...does) })
}
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: marking },
    { weight: 4, arbitrary: acting('compare', 'merge') },
    { weight: 1, arbitrary: acting('read', 'clear', 'lose the log', 'stop before it is noted') },
  ),
  { maxLength: 25 },
)

let time = NOW

/** A browser with its lessons' marks and its log. */
class Browser {
  here: Marks = { held: {}, named: {} }
  shared: Marks = { held: {}, named: {} }
  log: readonly StudyEvent[] = []

  /** @returns how many events were added */
  compare(isNoted = true): number {
    const facts = unrecordedMarks(this.here, this.shared, this.log)
    const added = facts.map((fact) => eventAt((time += 1), fact))
    for (const event of added) expect(faultOf(event)).toBeNull()
    this.log = logOf([...this.log, ...added])
    this.here = marksOf(this.log)
    if (isNoted) this.shared = this.here
    return facts.length
  }

  change(
    list: 'held' | 'named',
    slug: string,
    change: (items: readonly string[]) => readonly string[],
  ): void {
    this.here = { ...this.here, [list]: { ...this.here[list], [slug]: change(this.here[list][slug] ?? []) } }
  }
}

function doIt(act: Act, devices: readonly [Browser, Browser]): void {
  const it = devices[act.device]
  const other = devices[act.device === 0 ? 1 : 0]
  if (act.does === 'read') it.change('held', '01-one', (held) => held)
  else if (act.does === 'prove') it.change('held', act.slug, (held) => [...new Set([...held, act.item])])
  else if (act.does === 'tick') it.change('named', act.slug, (all) => [...new Set([...all, act.item])])
  else if (act.does === 'take back')
    it.change('named', act.slug, (all) => all.filter((one) => one !== act.item))
  else if (act.does === 'clear') it.here = { held: {}, named: {} }
  else if (act.does === 'merge') it.log = logOf([...it.log, ...other.log])
  else if (act.does === 'lose the log') it.log = []
  else it.compare(act.does === 'compare')
}

test('whatever two browsers mark apart, once both have compared and merged they show the same, and nothing is added twice', () => {
  fc.assert(
    fc.property(acts, (acts) => {
      const devices = [new Browser(), new Browser()] as const
      for (const act of acts) doIt(act, devices)
      for (const it of devices) it.compare()
      const merged = logOf(devices.flatMap(({ log }) => log))
      for (const it of devices) {
        it.log = merged
        expect(it.compare()).toBe(0)
        expect(areSameMarks(it.here, marksOf(merged))).toBe(true)
      }
    }),
  )
})

test('a browser by itself always shows what was marked in it, its log lost or not', () => {
  fc.assert(
    fc.property(acts, (acts) => {
      const it = new Browser()
      const other = new Browser()
      for (const act of acts.filter(({ does }) => does !== 'merge')) {
        doIt({ ...act, device: 0 }, [it, other])
        const before = it.here
        it.compare()
        expect(areSameMarks(it.here, before), JSON.stringify([it.here, before])).toBe(true)
      }
    }),
  )
})

test('a log in any order, with parts of it twice, has the same marks', () => {
  fc.assert(
    fc.property(acts, fc.infiniteStream(fc.nat()), (acts, random) => {
      const devices = [new Browser(), new Browser()] as const
      for (const act of acts) doIt(act, devices)
      for (const it of devices) it.compare()
      const events = devices.flatMap(({ log }) => log)
      const shuffled = [...events, ...events.slice(events.length >> 1)]
        .map((event) => ({ event, place: random.next().value as number }))
        .sort((a, b) => a.place - b.place)
        .map(({ event }) => event)
      expect(marksOf(logOf(shuffled))).toEqual(marksOf(logOf(events)))
    }),
  )
})

test('a tick taken back on one device is taken back on the other, and can be set again there', () => {
  const [one, other] = [new Browser(), new Browser()]
  const merge = (): void => {
    for (const it of [one, other]) it.compare()
    const log = logOf([...one.log, ...other.log])
    for (const it of [one, other]) {
      it.log = log
      it.compare()
    }
  }
  one.change('named', '01-one', () => ['a', 'b'])
  merge()
  expect(other.here.named).toEqual({ '01-one': ['a', 'b'] })
  other.change('named', '01-one', () => ['b'])
  merge()
  expect(one.here.named).toEqual({ '01-one': ['b'] })
  one.change('named', '01-one', () => ['b', 'a'])
  merge()
  expect(other.here.named).toEqual({ '01-one': ['b', 'a'] })
})

test('what was cleared on one device is cleared on the other; what was marked there since stays', () => {
  const [one, other] = [new Browser(), new Browser()]
  one.change('held', '01-one', () => ['a'])
  one.compare()
  other.log = one.log
  other.compare()
  one.here = { held: {}, named: {} }
  one.compare()
  other.change('held', '02-two', () => ['b'])
  other.log = logOf([...other.log, ...one.log])
  other.compare()
  expect(other.here.held).toEqual({ '02-two': ['b'] })
})

test('what no event can hold, and what isn’t a lesson’s, is left where it is', () => {
  const here = { held: { '': ['a'], ['x'.repeat(501)]: [] }, named: { '': ['a'] } }
  expect(unrecordedMarks(here, { held: {}, named: {} }, [])).toEqual([])
})
