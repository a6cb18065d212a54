import { z } from 'zod'

/**
 * `GET /api/original`: whether this server has the original for a tab. `preparing`: it is being built beside the running server. The
 * address is that of the folder with its files, which never change.
 */
export const OriginalBundle = z.discriminatedUnion('state', [
  z.object({ state: z.literal('absent') }),
  z.object({ state: z.literal('preparing') }),
  z.object({
    state: z.literal('ready'),
    /** Such as `/py/314.0.7-3f8a12c0/`. */
    address: z.string(),
    /** What a browser downloads, compressed. */
    bytes: z.int(),
  }),
])
export type OriginalBundle = z.infer<typeof OriginalBundle>
