import { partsOf, type TextPart } from '../../code/fenced.ts'

/** Words of a text, with the position of the first one in the whole text. */
export interface Words {
  words: string
  position: number
}

/**
 * The words between two positions of the text on the screen, without the white space around them. On the screen the lines of backticks
 * around code are missing; in the words they stand.
 * @returns null when there are none
 */
export function wordsBetween(text: string, start: number, end: number): Words | null {
  const parts = partsOf(text)
  const from = toWhole(parts, start, 'after')
  const words = text.slice(from, toWhole(parts, end, 'before'))
  const trimmed = words.trim()
  return trimmed === '' ? null : { words: trimmed, position: from + words.indexOf(trimmed) }
}

/** The text as it stands on the screen. */
export function shownText(text: string): string {
  return partsOf(text)
    .map((part) => part.text)
    .join('')
}

/** Where words stand in a text now: the place nearest to where they stood. @returns null when they are gone */
export function placeOf(text: string, { words, position }: Words): { from: number; to: number } | null {
  const before = text.lastIndexOf(words, position)
  const after = text.indexOf(words, position)
  if (before < 0 && after < 0) return null
  const isBefore = after < 0 || (before >= 0 && position - before < after - position)
  const from = isBefore ? before : after
  return { from, to: from + words.length }
}

/** @param side of a part that ends where the next one begins */
function toWhole(parts: readonly TextPart[], shown: number, side: 'before' | 'after'): number {
  let seen = 0
  for (const [index, { text, from }] of parts.entries()) {
    const end = seen + text.length
    const isHere = side === 'before' ? shown <= end : shown < end
    if (isHere || index === parts.length - 1) return from + Math.min(shown - seen, text.length)
    seen = end
  }
  return 0
}
