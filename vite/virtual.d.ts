declare module 'virtual:decks' {
  import type { DeckInfo } from '#contract/deck.ts'
  /** The decks by name, in the order of `CONTENT_DIR`. The first one names the site. */
  export const decks: [DeckInfo, ...DeckInfo[]]
}

declare module 'virtual:site-title' {
  /** The title of the first deck, apart from the rest: every page needs it. */
  export const siteTitle: string
  /** The language of the first deck. */
  export const siteLanguage: string
  /** Whether any deck is in another language than English, which the app's own words are in. */
  export const hasForeignProse: boolean
}

declare module 'virtual:lessons' {
  import type { LessonCard } from '#contract/page.ts'
  /** Every lesson of the deck as lists show it. */
  export const cards: LessonCard[]
}

declare module 'virtual:lesson-pages' {
  import type { LessonPage } from '#contract/page.ts'
  /** Every lesson by name, for prerendering; the browser fetches `/lessons/<name>.json`. */
  export const pages: Record<string, LessonPage>
}

declare module 'virtual:bug-titles' {
  /** By their addresses, which have a page each. */
  export const bugTitles: Record<string, string>
}

declare module 'virtual:glossary' {
  import type { GlossaryEntry } from '#contract/page.ts'
  /** The terms of the deck in alphabetical order. */
  export const glossary: GlossaryEntry[]
}

declare module 'virtual:has-practice' {
  /** Whether any lesson of the deck has quizzes, whether any has tasks, and whether any has bugs. */
  export const hasQuizzes: boolean
  export const hasTasks: boolean
  export const hasBugs: boolean
}

declare module 'virtual:has-glossary' {
  /** Whether the deck has terms. It is apart from them, so that a page with a link to the glossary doesn't load it. */
  export const hasGlossary: boolean
}

declare module 'virtual:fact-groups' {
  import type { FactGroup } from '#contract/original-tab/facts.ts'
  /** The facts of the lessons that have any, without their code: the browser fetches `/facts/<name>.json`. */
  export const factGroups: FactGroup[]
}

declare module 'virtual:has-facts' {
  /** Whether any lesson has facts. It is apart from them, so that a page with a link to them doesn't load their list. */
  export const hasFacts: boolean
}
