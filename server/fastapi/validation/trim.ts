/**
 * Takes the characters that match off both ends, in linear time: a pattern that ends in `+$` would take quadratic time
 * over a long run of spaces in the middle.
 * @param space matches one character
 */
export function trim(text: string, space: RegExp): string {
  let [start, end] = [0, text.length]
  while (start < end && space.test(text.charAt(start))) start++
  while (end > start && space.test(text.charAt(end - 1))) end--
  return text.slice(start, end)
}

/** Python's `str.strip()`. Its spaces are those of Unicode and the four separators of ASCII. */
export function strip(text: string): string {
  // eslint-disable-next-line no-control-regex
  return trim(text, /[\p{White_Space}\x1c-\x1f]/u)
}
