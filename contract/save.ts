import { z } from 'zod'
import { checkRegex } from './claim.ts'

/** The source of a value that a step saves: a path into the JSON of its response, or one of these. */
export const SaveSource = z.strictObject({
  /** The trace step in whose `detail` the path is looked up instead. Such a value can be used only in claims. */
  step: z.string().optional(),
  path: z.string(),
  /** Saves only the part of the text that matches this regular expression. */
  matches: z.string().superRefine(checkRegex).optional(),
})
export type SaveSource = z.infer<typeof SaveSource>

export const Save = z.union([z.string(), SaveSource], {
  error: 'must be a path, or { path, matches, step } of which path is required',
})
export type Save = z.infer<typeof Save>
