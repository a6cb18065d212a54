/** An event as it is stored, or whatever another version of Viva stored in its place. */
export interface Stored {
  id: unknown
}

/** Copies of many events in one record: a browser reads ten thousand small records ten times slower than one large one. */
export interface Pack {
  id: typeof PACK_ID
  /** The events as JSON. */
  text: string
}

/** Too short for the id of an event, so pages that know nothing of packs skip it. */
export const PACK_ID = 'packed'

export function packOf(events: readonly Stored[]): Pack {
  return { id: PACK_ID, text: JSON.stringify(events) }
}

/** The events of a stored pack, by id; none if there is no pack or it can't be read. */
export function unpack(stored: unknown): Map<unknown, Stored> {
  if (!isPack(stored)) return new Map()
  try {
    const events = JSON.parse(stored.text) as Stored[]
    return new Map(events.map((event) => [event.id, event]))
  } catch {
    return new Map()
  }
}

/** A stored pack without some of its events. @returns null if it has none of them */
export function packWithout(stored: unknown, ids: readonly string[]): Pack | null {
  if (!isPack(stored) || !ids.some((id) => stored.text.includes(id))) return null
  const events = unpack(stored)
  for (const id of ids) events.delete(id)
  return packOf([...events.values()])
}

function isPack(stored: unknown): stored is Pack {
  return typeof stored === 'object' && stored !== null && 'text' in stored && typeof stored.text === 'string'
}
