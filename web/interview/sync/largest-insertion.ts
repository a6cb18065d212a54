import * as Y from 'yjs'
import { decodeBase64 } from '#contract/interview/base64.ts'

/** A passage of this many characters in one piece wasn't typed letter by letter. Dictation and keyboards that complete words stay below it. */
export const MIN_PASSAGE = 200

/**
 * The length of the longest piece that an update inserts in one go, as pasting does. Letters typed one by one count as pieces of their own,
 * even when they are sent together; only text that was typed offline before a reload is in one piece as well.
 * @param update a Yjs update in base64
 */
export function largestInsertion(update: string): number {
  const { structs } = Y.decodeUpdate(decodeBase64(update))
  return structs.reduce(
    (longest, struct) =>
      'content' in struct && struct.content instanceof Y.ContentString
        ? Math.max(longest, struct.content.getLength())
        : longest,
    0,
  )
}

/** What an interviewer reads about such a passage. */
export function passageLabel(length: number): string {
  return `${length.toLocaleString('en')} characters at once`
}
