declare module 'virtual:lessons' {
  import type { LessonCard } from '#contract/page.ts'
  /** Every lesson of the deck as lists show it. */
  export const cards: LessonCard[]
}

declare module 'virtual:lesson-pages' {
  import type { LessonPage } from '#contract/page.ts'
  /** Every lesson by slug, for prerendering; the browser fetches `/lessons/<slug>.json`. */
  export const pages: Record<string, LessonPage>
}

declare module 'virtual:glossary' {
  import type { GlossaryEntry } from '#contract/page.ts'
  /** The terms of the deck in alphabetical order. */
  export const glossary: GlossaryEntry[]
}

declare module 'virtual:has-practice' {
  /** Whether any lesson of the deck has quizzes, and whether any has tasks. */
  export const hasQuizzes: boolean
  export const hasTasks: boolean
}

declare module 'virtual:has-glossary' {
  /** Whether the deck has terms. It is apart from them, so that a page with a link to the glossary doesn't load it. */
  export const hasGlossary: boolean
}
