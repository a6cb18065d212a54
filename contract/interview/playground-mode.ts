import { z } from 'zod'

/**
 * What a candidate may use during a question. `requests`: the playground sends requests and shows their responses, and explains neither.
 * `explained`: as outside of interviews, with what a status means, what to try next, and the Inside and Token tabs.
 */
export const PLAYGROUND_MODES = ['closed', 'requests', 'explained'] as const
export type PlaygroundMode = (typeof PLAYGROUND_MODES)[number]

const mode = z.enum(PLAYGROUND_MODES)

/** The mode of a question that is still being chosen. Older sets only say whether it is open: no one asked for explanations. */
export const ChosenPlayground = z.preprocess((value) => (value === true ? 'requests' : closedIf(value)), mode)

/** The mode of a question that is asked. Older interviews only say whether it is open, and their other candidates had explanations. */
export const AskedPlayground = z.preprocess((value) => (value === true ? 'explained' : closedIf(value)), mode)

function closedIf(value: unknown): unknown {
  return value === false ? 'closed' : value
}
