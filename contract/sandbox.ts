import { z } from 'zod'
import { Row } from './trace.ts'

/** A made-up person of a fresh sandbox; the password is public on purpose. */
export const Person = z.object({ id: z.number(), name: z.string(), email: z.string(), password: z.string() })
export type Person = z.infer<typeof Person>

/** `GET /api/sandbox` and `POST /api/sandbox/reset`. */
export const Sandbox = z.object({
  id: z.string(),
  people: z.array(Person),
  limits: z.object({ users: z.number(), bytes: z.number() }),
  used: z.object({ users: z.number(), bytes: z.number() }),
  /** Whether the request carried this sandbox's cookie: a browser that blocks cookies has to name the sandbox in a header. */
  cookieSent: z.boolean(),
})
export type Sandbox = z.infer<typeof Sandbox>

/** `GET /api/sandbox/store`: committed rows; never with password hashes. */
export const StoreView = z.object({
  /** Counts commits since the sandbox was seeded. */
  revision: z.number().int(),
  tables: z.record(z.string(), z.object({ columns: z.array(z.string()), rows: z.array(Row) })),
})
export type StoreView = z.infer<typeof StoreView>
