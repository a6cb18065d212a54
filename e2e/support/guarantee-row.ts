import { join, resolve } from 'node:path'
import { z } from 'zod'

const root = resolve(import.meta.dirname, '../..')

/** One row of the table of guarantees. */
export const GuaranteeRow = z.strictObject({
  guarantee: z.string(),
  /** What was tried to break it, with numbers. */
  tried: z.string(),
  held: z.boolean(),
  /** The result, with numbers. */
  figure: z.string().optional(),
  /** Why it couldn't be tried on this machine; then it doesn't count as held. */
  leftOut: z.string().optional(),
})
export type GuaranteeRow = z.infer<typeof GuaranteeRow>

/**
 * Where the tests of `faults` or `attacks` leave their rows: one JSON object per line. Short forms have a file of their own, so that
 * `npm test` never puts their figures among those of the long forms.
 */
export function rowsFile(area: string, isLong: boolean): string {
  return join(root, 'test-results/guarantees', `${area}${isLong ? '' : '-short'}.jsonl`)
}
