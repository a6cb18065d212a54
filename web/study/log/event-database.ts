import { objectStore, resultOf } from './open-database.ts'
import { PACK_ID, packOf, packWithout, unpack, type Stored } from './pack.ts'

const database = objectStore('viva-study', 'events', { keyPath: 'id' })
/** More events than this are read faster all at once than one by one. */
const MAX_SINGLE_READS = 200

/** What is done to the stored events at once: all of it or nothing. */
export interface Change {
  put: readonly { id: string }[]
  /** Ids. */
  remove: readonly string[]
}

export interface ReadEvents {
  /** Every stored event, whatever it has besides its id. */
  events: Stored[]
  /** Whether the pack lacks many of them, or still has some that are gone. */
  needsPacking: boolean
}

/**
 * Reads what is stored. Each event has a record of its own, and those decide: the pack only saves reading them.
 * @param here events that needn't be read again, by id: an event never changes
 * @throws where the browser stores nothing
 */
export async function readEvents(here: ReadonlyMap<unknown, Stored> = new Map()): Promise<ReadEvents> {
  return database.read(async (store) => {
    const ids = (await resultOf(store.getAllKeys())).filter((id) => id !== PACK_ID)
    const isNear = here.size > 0 && ids.filter((id) => !here.has(id)).length <= MAX_SINGLE_READS
    const packed = isNear ? new Map<unknown, Stored>() : unpack(await resultOf(store.get(PACK_ID)))
    const known = (id: unknown): Stored | undefined => here.get(id) ?? packed.get(id)
    const missing = ids.filter((id) => known(id) === undefined)
    const areMany = missing.length > MAX_SINGLE_READS
    const needsPacking = areMany || packed.size > ids.filter((id) => packed.has(id)).length
    if (areMany || missing.length === ids.length) {
      const all = await resultOf<Stored[]>(store.getAll())
      return { events: all.filter(({ id }) => id !== PACK_ID), needsPacking }
    }
    const read = await Promise.all(missing.map((id) => resultOf<Stored>(store.get(id))))
    const single = new Map(read.map((event) => [event.id, event]))
    return { events: ids.flatMap((id) => known(id) ?? single.get(id) ?? []), needsPacking }
  })
}

/** Puts copies of these events into one record, from which they are read faster; those that are no longer stored are left out. */
export async function packEvents(events: readonly { id: string }[]): Promise<void> {
  await database.write((store) => {
    const ids = store.getAllKeys()
    ids.onsuccess = () => {
      const stored = new Set<unknown>(ids.result)
      store.put(packOf(events.filter(({ id }) => stored.has(id))))
    }
  })
}

/** @throws when nothing was changed: storage is denied, missing or full */
export async function changeEvents({ put, remove }: Change): Promise<void> {
  await database.write((store) => {
    for (const event of put) store.put(event)
    for (const id of remove) store.delete(id)
    if (remove.length === 0) return
    // What a learner removed is in no copy either.
    const pack = store.get(PACK_ID) as IDBRequest<unknown>
    pack.onsuccess = () => {
      const left = packWithout(pack.result, remove)
      if (left !== null) store.put(left)
    }
  })
}

/** @throws when the events are still there */
export async function clearEvents(): Promise<void> {
  await database.write((store) => store.clear())
}
