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
