import type { Answer, ScenarioRequest } from './recording.ts'

/** Something that the twin answers otherwise than the original, on purpose. */
export interface DeliberateDifference {
  /** What a caller sends. */
  request: string
  original: string
  twin: string
  /** What weighs more than being alike. */
  because: string
  /**
   * For differences that the recording meets.
   * @returns what the twin must answer where the original answered this; undefined where the difference doesn't apply
   */
  twinAnswer?: (request: ScenarioRequest, original: Answer) => Answer | undefined
  /** For the others: bytes that show it, one character each, and the statuses. Tests send them. */
  example?: { send: string; original: number; twin: number }
}
