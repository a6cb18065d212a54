import type { LessonPage } from '#contract/page.ts'
import type { useDeckStore } from '../stores/deck.ts'

/**
 * The lesson that a request belongs to, if it is loaded. Requests name it by its key; pages, and the deck's map, by its name.
 * @param slug undefined for a request that belongs to none
 */
export function lessonOf(
  { lessons }: Pick<ReturnType<typeof useDeckStore>, 'lessons'>,
  slug: string | undefined,
): LessonPage | undefined {
  return [...lessons.values()].find((lesson) => lesson.slug === slug)
}
