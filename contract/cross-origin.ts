import { z } from 'zod'
import { Method } from './lesson.ts'

/** Headers that a page of another origin may send, and those that its browser adds. */
const CROSS_ORIGIN_HEADERS = [
  'accept',
  'accept-language',
  'access-control-request-headers',
  'access-control-request-method',
  'authorization',
  'content-type',
  'origin',
]

/**
 * `POST /api/cross-origin`: one request to a path of the twin, as the browser would send it for a page of another origin. The server sends it,
 * because no page can set `Origin`.
 */
export const CrossOriginRequest = z.strictObject({
  method: Method,
  path: z
    .string()
    .max(500)
    .regex(
      /^\/(items|lab|login|users)(\/|\?|$)/,
      'must be a path of the project: /items, /lab/…, /login or /users/…',
    )
    .regex(/^[\x21-\x7e]+$/, 'must be percent-encoded'),
  headers: z
    .array(
      z.tuple([
        z.string().refine((name) => CROSS_ORIGIN_HEADERS.includes(name.toLowerCase()), {
          error: ({ input }) => `${String(input)} can’t be sent with an Origin here`,
        }),
        z.string().regex(/^[\t\x20-\x7e\u0080-\uffff]*$/, 'holds a character that no header can have'),
      ]),
    )
    .max(20),
  body: z.string().nullable(),
})
export type CrossOriginRequest = z.infer<typeof CrossOriginRequest>

/** The response, whatever the page could read of it. */
export const CrossOriginReport = z.object({
  status: z.int(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  text: z.string(),
})
export type CrossOriginReport = z.infer<typeof CrossOriginReport>
