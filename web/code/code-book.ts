import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { CodeBook } from '#contract/page.ts'
import { fetchCodeBook } from '../api/pages.ts'

/** Every region of the twins, fetched when the first of them is wanted. */
export const useCodeBookStore = defineStore('code-book', () => {
  const book = shallowRef<CodeBook | null>(null)

  /** @returns whether the book is there */
  async function load(): Promise<boolean> {
    book.value ??= await fetchCodeBook().catch(() => null)
    return book.value !== null
  }

  return { book, load }
})
