import type { ProjectFiles } from '#contract/original-tab/engine.ts'
import { insertionsOf, MIN_PASSAGE, type Insertion } from './largest-insertion.ts'
import { baseClient } from './shared-text.ts'

/** Nobody writes so many: more would only slow an interviewer’s browser down. */
const MAX_LINES = 50_000

/**
 * Tells passages that were pasted into the code of a question from edits that only look like it: indenting, commenting out, moving,
 * undoing and resetting insert many lines at once, but none that the project hadn't had before.
 */
export class CodePassages {
  /** Every line that any of the files has had, without its indentation. */
  readonly #lines = new Set<string>()

  /** @param given the files as the candidate was given them */
  constructor(given: ProjectFiles) {
    for (const text of Object.values(given)) this.#learn(text)
  }

  /**
   * The length of the longest new passage that an update inserts in one go, in characters; 0 below `MIN_PASSAGE`. To be asked about every
   * update, in order.
   * @param update a Yjs update in base64
   * @param before the question's files as they were before it
   */
  measure(update: string, before: readonly string[]): number {
    const { insertions, deletes } = insertionsOf(update)
    const long = insertions.filter((one) => one.text.length >= MIN_PASSAGE)
    // What vanishes may come back. Everything else is still there to be read when it is needed.
    if (deletes || long.length > 0) before.forEach((text) => this.#learn(text))
    const longest = Math.max(0, ...long.map((one) => this.#newCharacters(one)))
    return longest < MIN_PASSAGE ? 0 : longest
  }

  #newCharacters({ text, client }: Insertion): number {
    if (client === baseClient(text)) {
      this.#learn(text)
      return 0
    }
    const lines = text.split('\n')
    const [first, last] = [0, lines.length - 1]
    const known = lines.filter((line, at) => this.#isKnown(bare(line), at === first || at === last))
    return known.reduce((rest, line) => rest - line.length - 1, text.length)
  }

  /** @param isPart whether it may be a part of a line, as the first and the last one of a piece */
  #isKnown(line: string, isPart: boolean): boolean {
    return this.#lines.has(line) || (isPart && [...this.#lines].some((one) => one.includes(line)))
  }

  #learn(text: string): void {
    for (const line of text.split('\n')) if (this.#lines.size < MAX_LINES) this.#lines.add(bare(line))
  }
}

function bare(line: string): string {
  return line.replace(/^[\s#]+/, '').trimEnd()
}
