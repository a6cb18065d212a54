import { join, resolve } from 'node:path'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '../..')

/** One row of the table of guarantees. */
export const GuaranteeRow = z.strictObject({
  guarantee: z.string(),
  /** What was done to break it, with numbers. */
  tried: z.string(),
  held: z.boolean(),
  /** What came out, with numbers. */
  figure: z.string().optional(),
  /** Why it could not be tried on this machine; it doesn't count as held then. */
  leftOut: z.string().optional(),
})
export type GuaranteeRow = z.infer<typeof GuaranteeRow>

/** Where the tests of `faults` or `attacks` leave their rows: one JSON object a line. */
export function rowsFile(area: string): string {
  return join(root, 'test-results/guarantees', `${area}.jsonl`)
}
