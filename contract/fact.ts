/** A sentence that no request can show, the Python code that shows it, and what that code printed. */
export interface Fact {
  /** The file's name without its extension, kebab-case. */
  id: string
  /** A sentence of the lesson, or part of one, as it is written there. */
  sentence: string
  /** The code that runs, without the header that names the sentence and the packages. */
  code: string
  /**
   * The packages that it runs with, such as `['fastapi==0.120.4', 'httpx==0.27.2']`; it runs once for each list. Empty when it runs with
   * the project's own.
   */
  environments: string[][]
  /** Whether it prints times: then it ran once, on one machine, and is not compared with a second run. */
  measured: boolean
  /** What it printed when it was recorded. */
  output: string
}
