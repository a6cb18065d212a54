/** A part of a text: prose, or what stands between two lines of backticks. */
export interface TextPart {
  text: string
  /** Where it begins and ends in the whole text. */
  from: number
  to: number
  /** What the opening line says after its backticks; null for prose. */
  language: string | null
}

const OPENING = /^ {0,3}(`{3,})[ \t]*([^`\n]*)$/
const CLOSING = /^ {0,3}(`{3,})[ \t]*$/

/**
 * Splits a text into prose and fenced code. The lines of backticks belong to neither. A block that isn't closed yet reaches to the end, so
 * that code is code while it is typed.
 */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = []
  let fence: { length: number; language: string } | null = null
  let from = 0
  let lineFrom = 0
  const close = (to: number): void => {
    if (to > from || fence !== null)
      parts.push({ text: text.slice(from, to), from, to, language: fence?.language ?? null })
  }
  for (const line of text.split('\n')) {
    const lineTo = lineFrom + line.length
    const next = Math.min(lineTo + 1, text.length)
    const bare = line.replace(/\r$/, '')
    const opening: RegExpExecArray | null = fence === null ? OPENING.exec(bare) : null
    const closing: RegExpExecArray | null = fence === null ? null : CLOSING.exec(bare)
    if (opening !== null) {
      close(lineFrom)
      fence = { length: opening[1]?.length ?? 3, language: (opening[2] ?? '').trim().toLowerCase() }
      from = next
    } else if (fence !== null && (closing?.[1]?.length ?? 0) >= fence.length) {
      close(lineFrom)
      fence = null
      from = next
    }
    lineFrom = lineTo + 1
  }
  close(text.length)
  return parts
}
