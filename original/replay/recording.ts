import { z } from 'zod'
import type { RawAnswer, RawRequest } from './raw-client.ts'

/** The secret that signs tokens in recordings and replays. It protects nothing. */
export const RECORDING_SECRET = 'known to everyone, for recordings only'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

// Not z.json(): that one loses a key named `__proto__`.
const Json = z.custom<Json>((value) => value !== undefined)

/** How to make a token. An empty recipe makes a valid one for user 1. */
export const TokenRecipe = z.strictObject({
  /** Added to the valid claims or replacing them; `{ "now": -60 }` is the time a minute ago, in seconds. */
  claims: z.record(z.string(), Json).optional(),
  without: z.array(z.string()).optional(),
  header: z.record(z.string(), Json).optional(),
  key: z.string().optional(),
  signature: z.enum(['SHA256', 'SHA384', 'SHA512', 'empty', 'flipped']).optional(),
  /** Claims that are changed after the token was signed. */
  tampered: z.record(z.string(), Json).optional(),
})
export type TokenRecipe = z.infer<typeof TokenRecipe>

/** A request as it is sent. Texts may contain `{{variables}}`; there is at most one kind of body. */
export const ScenarioRequest = z.strictObject({
  title: z.string(),
  method: z.string(),
  path: z.string(),
  /** Sent as they are; Host, Content-Length and Connection are added. */
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  json: Json.optional(),
  form: z.record(z.string(), z.string()).optional(),
  text: z.string().optional(),
  hex: z.string().optional(),
  chunked: z.literal(true).optional(),
  /** By variable, the key of the response's JSON that fills it. */
  save: z.record(z.string(), z.string()).optional(),
})
export type ScenarioRequest = z.infer<typeof ScenarioRequest>

/** A sequence of requests to a freshly seeded database. */
export const Scenario = z.strictObject({
  title: z.string(),
  tokens: z.record(z.string(), TokenRecipe).optional(),
  requests: z.array(ScenarioRequest).min(1),
})
export type Scenario = z.infer<typeof Scenario>

/** The part of a response that is compared; values that differ each time are recorded as `{ "$shape": … }`. */
export const Answer = z.strictObject({
  status: z.int(),
  headers: z.record(z.string(), z.string()),
  json: Json.optional(),
  text: z.string().optional(),
})
export type Answer = z.infer<typeof Answer>

export const RecordedScenario = Scenario.extend({
  requests: z.array(ScenarioRequest.extend({ answer: Answer })).min(1),
})
export type RecordedScenario = z.infer<typeof RecordedScenario>

/** What the original does that no response shows. */
export const Inside = z.strictObject({
  /** Before the first request: `connect`, then statements and COMMIT. */
  startUp: z.array(z.string()),
  /** The first and the last line that uvicorn logs for this many calls at once. */
  logs: z.array(z.strictObject({ path: z.string(), calls: z.int(), log: z.string() })),
})
export type Inside = z.infer<typeof Inside>

/** An API under test: where it listens, and how to reset its database. */
export interface Target {
  origin: string
  reset(): Promise<void>
  /** For one that listens nowhere; by default requests go to `origin`. */
  send?(request: RawRequest): Promise<RawAnswer>
}
