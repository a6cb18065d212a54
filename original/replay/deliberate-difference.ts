import type { Answer, ScenarioRequest } from './recording.ts'

/** A request that the twin answers differently from the original, on purpose. */
export interface DeliberateDifference {
  /** What the client sends. */
  request: string
  original: string
  twin: string
  /** Why the difference matters more than being alike. */
  because: string
  /**
   * For differences that occur in the recording.
   * @returns the twin's response, given the original's; undefined if the difference doesn't apply
   */
  twinAnswer?: (request: ScenarioRequest, original: Answer) => Answer | undefined
  /** For the others: bytes that show the difference, one character each, and both statuses. Tests send them. */
  example?: { send: string; original: number; twin: number }
}
