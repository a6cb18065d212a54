/**
 * Removes matching characters from both ends, in linear time: a pattern that ends in `+$` would take quadratic time
 * on a long run of spaces in the middle.
 * @param space matches one character to remove
 */
export function trim(text: string, space: RegExp): string {
  let [start, end] = [0, text.length]
  while (start < end && space.test(text.charAt(start))) start++
  while (end > start && space.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** Python's white space: Unicode's and the four separators of ASCII. JavaScript's `\s` also matches U+FEFF. */
// eslint-disable-next-line no-control-regex
const PYTHON_SPACE = /[\p{White_Space}\x1c-\x1f]/u

/** Python's `str.strip()`. */
export function strip(text: string): string {
  return trim(text, PYTHON_SPACE)
}

/** Python's `str.rstrip()`. */
export function stripEnd(text: string): string {
  // The `x` protects the spaces at the start.
  return trim(`x${text}`, PYTHON_SPACE).slice(1)
}
