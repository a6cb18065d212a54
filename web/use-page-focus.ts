import { nextTick, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { useDeckStore } from './stores/deck.ts'
import { titleOf } from './router.ts'
import { focusHeading } from './ui/focus-heading.ts'

/**
 * After a navigation: sets the window's title and moves focus to the page's heading, which is then read out. An address that
 * points to an answer, or to a paragraph of one, opens it and moves focus there.
 */
export function usePageFocus(): void {
  const router = useRouter()
  const deck = useDeckStore()
  onMounted(() => {
    void reveal(location.hash)
    router.afterEach((to, from, failure) => {
      if (failure) return
      document.title = titleOf(to, deck)
      void nextTick(async () => {
        if (!(await reveal(to.hash)) && to.path !== from.path) void focusHeading()
      })
    })
  })
}

/** As `revealPart`, which is loaded with the first address that points to a part of its page. */
async function reveal(hash: string): Promise<boolean> {
  if (hash === '') return false
  const part = await import('./ui/reveal.ts').catch(() => null)
  return part?.revealPart(hash) ?? false
}
