import { isRecord } from '../../stores/stored.ts'
import { objectStore, resultOf } from '../log/open-database.ts'

/** How far this browser's log and the copy on the server are the same. */
export interface CopyPlace {
  key: string
  /** Up to where the copy was read; null before it was. */
  cursor: string | null
  /** Ids of the events that the copy has, removed ones included. */
  there: Set<string>
  /** When both were last the same, in milliseconds since 1970. */
  copiedAt: number | null
}

// A database of its own: a page of an older version must still be able to open the log's.
const database = objectStore('viva-study-copy', 'place')
const ID = 'place'

/** The place of this key's copy: at the beginning when this browser has none, or has lost it. */
export async function readPlace(key: string): Promise<CopyPlace> {
  const stored: unknown = await database.read((store) => resultOf(store.get(ID))).catch(() => undefined)
  return isPlace(stored) && stored.key === key
    ? stored
    : { key, cursor: null, there: new Set(), copiedAt: null }
}

/** Where nothing can be stored, the copy is read from the beginning next time. */
export async function savePlace(place: CopyPlace): Promise<void> {
  await database.write((store) => store.put(place, ID)).catch(() => undefined)
}

export async function forgetPlace(): Promise<void> {
  await database.write((store) => store.clear()).catch(() => undefined)
}

function isPlace(value: unknown): value is CopyPlace {
  return isRecord(value) && typeof value.key === 'string' && value.there instanceof Set
}
