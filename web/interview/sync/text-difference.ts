/** What turns one text into another at a single position. */
export interface TextDifference {
  position: number
  /** Number of UTF-16 code units that are removed there. */
  removed: number
  inserted: string
}

/**
 * Finds the one edit that turns a text into another.
 * @param caret where the cursor stands in the new text: of equal letters in a row, those before it are the new ones
 */
export function differenceOf(before: string, after: string, caret: number): TextDifference {
  const shorter = Math.min(before.length, after.length)
  const maxTail = Math.min(shorter, after.length - caret)
  let tail = 0
  while (tail < maxTail && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  let position = 0
  while (position < shorter - tail && before[position] === after[position]) position += 1
  while (tail < shorter - position && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  // A lone surrogate is not a character: never cut between the two.
  if (position > 0 && isHighSurrogate(before.charCodeAt(position - 1))) position -= 1
  if (tail > 0 && isLowSurrogate(before.charCodeAt(before.length - tail))) tail -= 1
  return {
    position,
    removed: before.length - tail - position,
    inserted: after.slice(position, after.length - tail),
  }
}

/** Where a caret belongs after an edit that someone else made. @param caret its offset before that edit */
export function caretAfter({ position, removed, inserted }: TextDifference, caret: number): number {
  if (caret <= position) return caret
  return caret <= position + removed ? position + inserted.length : caret - removed + inserted.length
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
