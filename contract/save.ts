import { z } from 'zod'
import { checkRegex } from './claim.ts'

/** Where a step finds a value to save: a path into the JSON of its answer, or one of these. */
export const SaveSource = z.strictObject({
  /** A trace step, in whose `detail` the path is looked up instead. Such a value is for claims only. */
  step: z.string().optional(),
  path: z.string(),
  /** Saves only the part of a text that this regular expression finds. */
  matches: z.string().superRefine(checkRegex).optional(),
})
export type SaveSource = z.infer<typeof SaveSource>

export const Save = z.union([z.string(), SaveSource], {
  error: 'must be a path, or { path, matches, step } of which path is required',
})
export type Save = z.infer<typeof Save>
