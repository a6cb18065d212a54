import { z } from 'zod'
import { LIMITS } from './limits.ts'

export const SNIPPET_LANGUAGES = ['python', 'typescript'] as const
export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number]

/** Code that a question shows. Without a line of three backticks, it can be put into an answer as a fenced block. */
export const Snippet = z.strictObject({
  language: z.enum(SNIPPET_LANGUAGES),
  code: z
    .string()
    .min(1)
    .max(LIMITS.snippet)
    .refine((code) => code.trim() !== '' && !/^ {0,3}```/m.test(code), 'write code, without lines of ```.'),
})
export type Snippet = z.infer<typeof Snippet>

/** The snippets of a question, such as the same code in both languages. */
export const Snippets = z.array(Snippet).max(LIMITS.snippets)

/** A region of the project that a lesson shows, to cut a snippet from. */
export const SnippetSource = z.object({
  region: z.string(),
  /** What the lesson says of it; words between backticks are code. */
  says: z.string(),
  python: z.string(),
  typescript: z.string(),
})
export type SnippetSource = z.infer<typeof SnippetSource>
