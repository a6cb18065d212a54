import { objectStore } from './open-database.ts'

const database = objectStore('viva-study', 'events', { keyPath: 'id' })

/** What is done to the stored events at once: all of it or nothing. */
export interface Change {
  put: readonly { id: string }[]
  /** Ids. */
  remove: readonly string[]
}

/** Every stored event, whatever it has besides its id. @throws where the browser stores nothing */
export async function readEvents(): Promise<{ id: unknown }[]> {
  return database.read((store) => store.getAll() as IDBRequest<{ id: unknown }[]>)
}

/** @throws when nothing was changed: storage is denied, missing or full */
export async function changeEvents({ put, remove }: Change): Promise<void> {
  await database.write((store) => {
    for (const event of put) store.put(event)
    for (const id of remove) store.delete(id)
  })
}

/** @throws when the events are still there */
export async function clearEvents(): Promise<void> {
  await database.write((store) => store.clear())
}
