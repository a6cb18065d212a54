import { z } from 'zod'

const lessonName = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be the name of a lesson or of its folder, such as authentication')

/** `deck.yaml` beside the lessons. All of it is optional. */
export const DeckFile = z.strictObject({
  /** The deck's name: on its section of the home page, in window titles, for the installed app and in Anki. */
  title: z.string().min(3).max(60).default('Interview answers you can run'),
  /** What the home page says at its top; without it, the title. */
  heading: z.string().min(3).max(80).optional(),
  /** One or two sentences, for search engines and for those who install Viva. */
  description: z
    .string()
    .min(10)
    .max(300)
    .default('Interview questions, each answered and proved by calls to a real API.'),
  /** The language of its prose, such as `de` or `pt-BR`. */
  language: z.string().refine(isLanguage, 'must be a language tag, such as en, de or pt-BR').default('en'),
  /** What a lesson's `## Answer` is called on its page. */
  answer: z.string().min(2).max(60).default('The whole answer'),
  /** The Anki deck that its cards are exported to. */
  anki: z.string().min(1).max(80).optional(),
  /** Lessons in their order. Those that it doesn't list come after them, by name of folder. */
  lessons: z.array(lessonName).default([]),
  /** Lessons that are left out. */
  drafts: z.array(lessonName).default([]),
})
export type DeckFile = z.infer<typeof DeckFile>

/** A deck as pages name it. */
export interface DeckInfo extends Omit<DeckFile, 'lessons' | 'drafts'> {
  heading: string
  anki: string
}

function isLanguage(tag: string): boolean {
  try {
    // A word such as "deutsch" has the form of a tag, but no language has it.
    return new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(tag) !== undefined
  } catch {
    return false
  }
}
