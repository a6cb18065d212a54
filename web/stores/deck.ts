import { defineStore } from 'pinia'
import { inject, shallowReactive, shallowRef, type InjectionKey } from 'vue'
import type { LessonCard, LessonPage } from '#contract/page.ts'
import type { PageSource } from '../api/pages.ts'

export const PAGE_SOURCE: InjectionKey<PageSource> = Symbol('page source')

/** Data that a page's HTML carries, so that it isn't fetched again. */
export interface PageData {
  cards?: LessonCard[]
  lesson?: LessonPage
  missing?: boolean
}

/** How loading an address's content ended. */
export type Outcome = 'ready' | 'missing' | 'failed'

/** The lessons loaded so far, by name. */
export const useDeckStore = defineStore('deck', () => {
  const source = inject(PAGE_SOURCE)
  const cards = shallowRef<LessonCard[]>([])
  const lessons = shallowReactive(new Map<string, LessonPage>())

  function adopt({ cards: list, lesson }: PageData): void {
    if (list !== undefined) cards.value = list
    if (lesson !== undefined) lessons.set(lesson.name, lesson)
  }

  async function loadCards(): Promise<Outcome> {
    if (cards.value.length > 0) return 'ready'
    try {
      cards.value = (await source?.cards()) ?? []
      return 'ready'
    } catch {
      return 'failed'
    }
  }

  async function loadLesson(name: string): Promise<Outcome> {
    if (lessons.has(name)) return 'ready'
    try {
      const lesson = await source?.lesson(name)
      if (!lesson) return 'missing'
      lessons.set(name, lesson)
      return 'ready'
    } catch {
      return 'failed'
    }
  }

  return { cards, lessons, adopt, loadCards, loadLesson }
})
