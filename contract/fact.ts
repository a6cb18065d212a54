/** A sentence that no request can show, the lines of Python that do, and what they printed. */
export interface Fact {
  /** The file's name without its ending, kebab-case. */
  id: string
  /** A sentence of the lesson, or part of one, as it is written there. */
  sentence: string
  /** The lines that run, without the sentence and the packages. */
  code: string
  /**
   * The packages that it runs with, such as `['fastapi==0.120.4', 'httpx==0.27.2']`: once for each list. Empty where it runs with the
   * project's own.
   */
  environments: string[][]
  /** What it printed when it was recorded. */
  output: string
}
