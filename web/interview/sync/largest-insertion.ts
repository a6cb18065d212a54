import * as Y from 'yjs'
import { decodeBase64 } from '#contract/interview/base64.ts'

/** A passage of this many characters in one piece wasn't typed letter by letter. Dictation and keyboards that complete words stay below it. */
export const MIN_PASSAGE = 200

/** A piece of text that an update inserts in one go, and the number of the Yjs client that did. */
export interface Insertion {
  text: string
  client: number
}

/**
 * What an update inserts. Letters typed one by one are pieces of their own, even when they are sent together; only text that was typed
 * offline before a reload is in one piece as well.
 * @param update a Yjs update in base64
 */
export function insertionsOf(update: string): { insertions: Insertion[]; deletes: boolean } {
  const { structs, ds } = Y.decodeUpdate(decodeBase64(update))
  const insertions = structs.flatMap((struct) =>
    'content' in struct && struct.content instanceof Y.ContentString
      ? [{ text: struct.content.str, client: struct.id.client }]
      : [],
  )
  return { insertions, deletes: ds.clients.size > 0 }
}

/** The length of the longest piece that an update inserts in one go, as pasting does. @param update a Yjs update in base64 */
export function largestInsertion(update: string): number {
  return Math.max(0, ...insertionsOf(update).insertions.map(({ text }) => text.length))
}

/** What an interviewer reads about such a passage. @param file the file of the project that it is in */
export function passageLabel(length: number, file?: string): string {
  return `${length.toLocaleString('en')} characters at once${file === undefined ? '' : ` in ${file}`}`
}
