import { z } from 'zod'

/** The secret that signs tokens while answers are recorded and replayed. It guards nothing. */
export const RECORDING_SECRET = 'known to everyone, for recordings only'

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

// Not z.json(): that one loses a key named `__proto__`.
const Json = z.custom<Json>((value) => value !== undefined)

/** How to make a token. Without anything: a good one of user 1. */
export const TokenRecipe = z.strictObject({
  /** Added to the good claims or put in their place; `{ "now": -60 }` is the time a minute ago, in seconds. */
  claims: z.record(z.string(), Json).optional(),
  without: z.array(z.string()).optional(),
  header: z.record(z.string(), Json).optional(),
  key: z.string().optional(),
  signature: z.enum(['SHA256', 'SHA384', 'SHA512', 'empty', 'flipped']).optional(),
  /** Claims that are changed after the token was signed. */
  tampered: z.record(z.string(), Json).optional(),
})
export type TokenRecipe = z.infer<typeof TokenRecipe>

/** A request as it goes over the wire. Texts may hold `{{variables}}`; at most one kind of body is given. */
export const ScenarioRequest = z.strictObject({
  title: z.string(),
  method: z.string(),
  path: z.string(),
  /** Sent as they stand; Host, Content-Length and Connection are added. */
  headers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
  json: Json.optional(),
  form: z.record(z.string(), z.string()).optional(),
  text: z.string().optional(),
  hex: z.string().optional(),
  chunked: z.literal(true).optional(),
  /** Variable → key of the JSON answer that fills it. */
  save: z.record(z.string(), z.string()).optional(),
})
export type ScenarioRequest = z.infer<typeof ScenarioRequest>

/** Requests in a row to a freshly seeded database. */
export const Scenario = z.strictObject({
  title: z.string(),
  tokens: z.record(z.string(), TokenRecipe).optional(),
  requests: z.array(ScenarioRequest).min(1),
})
export type Scenario = z.infer<typeof Scenario>

/** What is compared of an answer; what differs each time stands as `{ "$shape": … }`. */
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

/** What the original does that no answer shows. */
export const Inside = z.strictObject({
  /** What uvicorn logs of so many calls at once: the first and the last line. */
  logs: z.array(z.strictObject({ path: z.string(), calls: z.int(), log: z.string() })),
})
export type Inside = z.infer<typeof Inside>

/** An API that can be asked: where it listens, and how it gets a freshly seeded database. */
export interface Target {
  origin: string
  reset(): Promise<void>
}
