/** A text that is printed in lines of about so many letters. */
export interface PrintedText {
  text: string
  width: number
}

/**
 * To how many lines each of these texts has to be cut, so that together they take at most `room` lines. Short ones stay whole, and leave
 * their lines to the long ones.
 * @returns at least 1
 */
export function linesThatFit(texts: readonly PrintedText[], room: number): number {
  const needed = texts.map(linesOf)
  const together = (most: number): number => needed.reduce((sum, lines) => sum + Math.min(lines, most), 0)
  let most = Math.max(1, ...needed)
  while (most > 1 && together(most) > room) most -= 1
  return most
}

function linesOf({ text, width }: PrintedText): number {
  if (text === '') return 0
  return text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / width)), 0)
}
