import fc from 'fast-check'
import { changeEvents, clearEvents, packEvents, readEvents } from '../../web/study/log/event-database.ts'
import type { StudyEvent } from '../../web/study/log/event.ts'
import { attemptAt, eventAt } from '../../web/study/testing/generated-log.ts'

// Runs in a browser, on its own IndexedDB: see ../study-storage.spec.ts.

/** Something that a page of this version, or of an earlier one that knows no pack, does to the stored log. */
type Act =
  | { does: 'add' | 'add, by an earlier version'; count: number }
  | { does: 'remove' | 'remove, by an earlier version'; which: number }
  | { does: 'pack' | 'pack what was read earlier' | 'fail to pack' | 'damage the pack' | 'clear' }

const DAMAGED = '[{'

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    does: fc.constantFrom('add' as const, 'add, by an earlier version' as const),
    count: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant(230)),
  }),
  fc.record({
    does: fc.constantFrom('remove' as const, 'remove, by an earlier version' as const),
    which: fc.nat(),
  }),
  { weight: 2, arbitrary: fc.constant<Act>({ does: 'pack' }) },
  fc.record({
    does: fc.constantFrom(
      ...(['pack what was read earlier', 'fail to pack', 'damage the pack', 'clear'] as const),
    ),
  }),
)

/** Checks that what is read is what was stored, after every step of generated histories. @throws with the shortest that fails */
export async function checkStoredLog(runs: number): Promise<void> {
  await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 12 }), live), { numRuns: runs })
}

/** Stores grades as a version without a pack did. @returns their ids, by time */
export async function storeGrades(count: number): Promise<string[]> {
  const began = Date.now() - 10 * 86_400_000
  const grades = Array.from({ length: count }, (_, index) =>
    eventAt(began + index * 60_000, {
      kind: 'review' as const,
      card: `point:01-one:${index % 20}`,
      grade: 3,
    }),
  )
  await clearEvents()
  await directly((store) => grades.forEach((event) => store.put(event)))
  return grades.map(({ id }) => id)
}

async function live(acts: readonly Act[]): Promise<void> {
  await clearEvents()
  const expected = new Map<string, StudyEvent>()
  /** What another tab has in memory. */
  let earlier: StudyEvent[] = []
  for (const each of acts) {
    await doIt(each, expected, earlier)
    if (each.does.startsWith('pack')) earlier = [...expected.values()]
    await check(expected, earlier)
  }
}

async function doIt(act: Act, expected: Map<string, StudyEvent>, earlier: readonly StudyEvent[]) {
  if ('count' in act) {
    const added = Array.from({ length: act.count }, () => attemptAt(1_795_900_000_000, '01-one', 3))
    for (const event of added) expected.set(event.id, event)
    if (act.does === 'add') await changeEvents({ put: added, remove: [] })
    else await directly((store) => added.forEach((event) => store.put(event)))
  } else if ('which' in act) {
    const target = [...expected.keys()][act.which % Math.max(1, expected.size)]
    if (target === undefined) return
    const mark = eventAt(1_795_900_000_001, { kind: 'removed' as const, event: target })
    expected.delete(target)
    expected.set(mark.id, mark)
    if (act.does === 'remove') {
      await changeEvents({ put: [mark], remove: [target] })
      assertEqual((await packedIds()).includes(target), false, 'what was removed isn’t in the pack')
    } else {
      await directly((store) => {
        store.put(mark)
        store.delete(target)
      })
    }
  } else if (act.does === 'pack') await packEvents([...expected.values()])
  else if (act.does === 'pack what was read earlier') {
    await packEvents(earlier)
    const ids = await packedIds()
    assertEqual(
      ids.every((id) => expected.has(id)),
      true,
      'a pack has only what is stored',
    )
  } else if (act.does === 'fail to pack') await withoutSpace(() => packEvents([...expected.values()]))
  else if (act.does === 'damage the pack')
    await directly((store) => store.put({ id: 'packed', text: DAMAGED }))
  else {
    expected.clear()
    await clearEvents()
  }
}

/** Reads as a page that was just opened, as one that has everything in memory, and as one in between. */
async function check(expected: ReadonlyMap<string, StudyEvent>, earlier: readonly StudyEvent[]) {
  const events = [...expected.values()]
  for (const here of [[], events, earlier, events.slice(events.length >> 1)]) {
    const read = await readEvents(new Map(here.map((event) => [event.id, event])))
    assertEqual(sorted(read.events), sorted(events), `what is read with ${here.length} in memory`)
  }
}

function sorted(events: readonly { id: unknown }[]): unknown[] {
  return [...events].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
}

function assertEqual(actual: unknown, wanted: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(wanted)]
  if (a !== b) throw new Error(`${what}: ${a.slice(0, 300)} isn’t ${b.slice(0, 300)}`)
}

/** A disk that is full when the pack is to be written: nothing of the transaction happens. */
async function withoutSpace(write: () => Promise<void>): Promise<void> {
  const { put } = IDBObjectStore.prototype
  IDBObjectStore.prototype.put = function (value: unknown) {
    const request = put.call(this, value)
    this.transaction.abort()
    return request
  }
  try {
    await write().then(
      () => assertEqual('packed', 'failed', 'packing without space'),
      () => undefined,
    )
  } finally {
    IDBObjectStore.prototype.put = put
  }
}

async function packedIds(): Promise<string[]> {
  let request: IDBRequest<{ text: string } | undefined> | undefined
  await directly((store) => (request = store.get('packed')))
  const text = request?.result?.text ?? '[]'
  return text === DAMAGED ? [] : (JSON.parse(text) as { id: string }[]).map(({ id }) => id)
}

/** Changes what is stored past the code that is tested. */

async function directly(change: (store: IDBObjectStore) => unknown): Promise<void> {
  const database = await new Promise<IDBDatabase>((done, fail) => {
    const request = indexedDB.open('viva-study', 1)
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error ?? new Error('not opened'))
  })
  await new Promise<void>((done, fail) => {
    const transaction = database.transaction('events', 'readwrite')
    transaction.oncomplete = () => done()
    transaction.onabort = () => fail(transaction.error ?? new Error('aborted'))
    change(transaction.objectStore('events'))
  })
  database.close()
}
