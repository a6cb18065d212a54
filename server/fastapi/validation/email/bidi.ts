import { repr } from './characters.ts'

type Direction = 'R' | 'AL' | 'AN' | 'EN' | 'ES' | 'ON' | 'NSM' | 'L'

const RIGHT_TO_LEFT = new Set<Direction>(['R', 'AL', 'AN'])

// JavaScript has no bidi classes. These, by script, cover the characters that a label may contain.
const CLASSES: [Direction, RegExp][] = [
  // Marks and letters that aren't of the class of their kind.
  ['L', /[\u0cbf\u0cc6\u{11a07}\u{11a08}\u{11c3f}]/u],
  ['NSM', /[\p{Mn}\u{1171e}]/u],
  ['ES', /-/],
  ['ON', /[\u00b7\u02b9\u02ba\u02c6-\u02cf\u02ec\u0375\u2e2f\u30fb\ua67f\ua717-\ua71f\ua788]/],
  ['EN', /[0-9\u06f0-\u06f9]/],
  ['AN', /[\u0660-\u0669\u{10d30}-\u{10d39}]/u],
  ['AL', /[\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\u{10d00}-\u{10d23}\u{10f30}-\u{10f45}]/u],
  ['R', /[\u05d0-\u05f4\u07c0-\u085f\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u],
]

/** Whether the Bidi rule applies to a text: it does if there is a right-to-left character. */
export function hasRightToLeft(text: string): boolean {
  return [...text].some((character) => RIGHT_TO_LEFT.has(directionOf(character)))
}

function directionOf(character: string): Direction {
  return CLASSES.find(([, pattern]) => pattern.test(character))?.[0] ?? 'L'
}

/**
 * The Bidi rule of RFC 5893 for one label.
 * @returns what breaks it, in the words of Python's `idna`, or null
 */
export function bidiProblem(label: string): string | null {
  const directions = [...label].map(directionOf)
  const first = directions[0]
  if (first !== 'R' && first !== 'AL' && first !== 'L') {
    return `First codepoint in label ${repr(label)} must be directionality L, R or AL`
  }
  const isRtl = first !== 'L'
  const odd = directions.findIndex((direction) => (isRtl ? direction === 'L' : RIGHT_TO_LEFT.has(direction)))
  if (odd >= 0) {
    const side = isRtl ? 'right-to-left' : 'left-to-right'
    return `Invalid direction for codepoint at position ${odd + 1} in a ${side} label`
  }
  if (isRtl && directions.includes('AN') && directions.includes('EN')) {
    return 'Can not mix numeral types in a right-to-left label'
  }
  const last = directions.findLast((direction) => direction !== 'NSM')
  return last === 'ES' || last === 'ON' ? 'Label ends with illegal codepoint directionality' : null
}
