import { nextTick, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { useDeckStore } from './stores/deck.ts'
import { titleOf } from './router.ts'
import { focus, reveal } from './ui/reveal.ts'

/**
 * After a navigation: sets the window's title and moves focus to the page's heading, which is then read out. An address that
 * points to an answer, or to a paragraph of one, opens it and moves focus there.
 */
export function usePageFocus(): void {
  const router = useRouter()
  const deck = useDeckStore()
  onMounted(() => {
    reveal(location.hash)
    router.afterEach((to, from, failure) => {
      if (failure) return
      document.title = titleOf(to, deck)
      void nextTick(() => {
        if (!reveal(to.hash) && to.path !== from.path) focus('main h1')
      })
    })
  })
}
