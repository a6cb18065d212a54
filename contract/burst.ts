import { z } from 'zod'

/** The most requests that one burst may send. */
export const MAX_BURST_REQUESTS = 100

/** `POST /api/burst`: sends n GET requests to a path of the twin at once. The server sends them because a browser opens only six connections. */
export const BurstRequest = z.strictObject({
  path: z
    .string()
    .max(500)
    .regex(/^\/(items|lab|users)(\/|\?|$)/, 'must be a path of the project: /items, /lab/… or /users/…'),
  n: z.int().min(1).max(MAX_BURST_REQUESTS),
})
export type BurstRequest = z.infer<typeof BurstRequest>

/** Times are milliseconds since the burst began. `started` and `ended` are the handler's own where it reports them. */
export const BurstLane = z.object({
  index: z.number().int(),
  status: z.number().int(),
  sent: z.number(),
  started: z.number(),
  ended: z.number(),
  received: z.number(),
})
export type BurstLane = z.infer<typeof BurstLane>

export const BurstReport = z.object({
  path: z.string(),
  n: z.number().int(),
  /** Milliseconds until the last response. */
  duration: z.number(),
  /** The largest number of handlers that ran at the same time. */
  peak: z.number().int(),
  lanes: z.array(BurstLane),
})
export type BurstReport = z.infer<typeof BurstReport>
