/** A text with the approximate number of letters that fit on a printed line. */
export interface PrintedText {
  text: string
  width: number
}

/**
 * The number of lines to cut each of these texts to, so that together they take at most `room` lines. Short ones stay whole and leave their
 * lines to the long ones.
 * @returns at least 1
 */
export function linesThatFit(texts: readonly PrintedText[], room: number): number {
  const needed = texts.map(linesOf)
  const totalOf = (limit: number): number => needed.reduce((sum, lines) => sum + Math.min(lines, limit), 0)
  let limit = Math.max(1, ...needed)
  while (limit > 1 && totalOf(limit) > room) limit -= 1
  return limit
}

function linesOf({ text, width }: PrintedText): number {
  if (text === '') return 0
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0)
}
