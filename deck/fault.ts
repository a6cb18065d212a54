import { closest, distance } from 'fastest-levenshtein'

/** Something that an author has to correct, and where. */
export interface Fault {
  /** Path relative to the project, as given to the loader. */
  file: string
  /** From 1. */
  line: number
  /** What is wrong and, where it isn't obvious, what to do. */
  cause: string
  /** The deck can be built and run as it is. */
  isWarning?: true
}

/** Every fault of a deck at once: `message` has one line for each. */
export class ContentError extends Error {
  readonly faults: readonly Fault[]

  constructor(faults: readonly Fault[]) {
    super(faults.map(faultText).join('\n'))
    this.name = 'ContentError'
    this.faults = faults
  }
}

/** A fault as an editor understands it: `content/lessons/06-authentication/lesson.md:14: no region "…"`. */
export function faultText({ file, line, cause, isWarning }: Fault): string {
  return `${file}:${line}: ${isWarning ? 'warning: ' : ''}${cause}`
}

/**
 * ` (did you mean "jwt.verify"?)` for the nearest of the right names, or nothing when none is near.
 * Near means that at most two characters in five differ.
 */
export function didYouMean(wrong: string, right: Iterable<string>): string {
  const names = [...right].filter((name) => name !== wrong)
  if (names.length === 0) return ''
  const name = closest(wrong, names)
  return distance(wrong, name) <= Math.max(2, wrong.length * 0.4) ? ` (did you mean "${name}"?)` : ''
}
