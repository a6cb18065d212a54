/** From where to where something reaches in a text. */
export interface Span {
  start: number
  end: number
}

/** A selection that keys extend: the first word or sentence, and the one that it reaches to. */
export interface Steps {
  anchor: Span
  head: Span
}

export type Unit = 'word' | 'sentence'

const UNITS: Record<Unit, RegExp> = {
  word: /\S+/g,
  // Up to a full stop before white space, or the end of the line.
  sentence: /\S[^\n]*?(?:[.!?…]+(?=\s|$)|(?=\n|$))/g,
}

/**
 * The selection after a key: the next or previous word or sentence, or the selection extended to it. Without a selection, forward starts at
 * the beginning of the text and back at its end, where it is being written.
 * @returns null when the text has no words
 */
export function stepTo(
  text: string,
  from: Steps | null,
  { unit, back, extend }: { unit: Unit; back: boolean; extend: boolean },
): Steps | null {
  const spans = [...text.matchAll(UNITS[unit])].map(({ 0: found, index }) => ({
    start: index,
    end: index + found.length,
  }))
  const next = spanBeside(spans, from, back)
  if (next === undefined) return from
  return { anchor: extend && from !== null ? from.anchor : next, head: next }
}

/** What a selection covers. */
export function covered({ anchor, head }: Steps): Span {
  return { start: Math.min(anchor.start, head.start), end: Math.max(anchor.end, head.end) }
}

function spanBeside(spans: readonly Span[], from: Steps | null, back: boolean): Span | undefined {
  if (from === null) return back ? spans.at(-1) : spans[0]
  const { start, end } = from.head
  return back
    ? (spans.findLast((span) => span.end <= start) ?? spans[0])
    : (spans.find((span) => span.start >= end) ?? spans.at(-1))
}
