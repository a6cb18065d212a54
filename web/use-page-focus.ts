import { nextTick, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { useDeckStore } from './stores/deck.ts'
import { titleOf } from './router.ts'

/**
 * After a navigation: sets the window's title and moves focus to the page's heading, which is then read out. An address that
 * points to an answer opens it and moves focus there.
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

/** @returns whether the address points to a folded answer, which is open and focused now */
function reveal(hash: string): boolean {
  const part = hash ? document.getElementById(hash.slice(1)) : null
  if (!(part instanceof HTMLDetailsElement)) return false
  part.open = true
  focus(`#${part.id} > summary`)
  return true
}

function focus(selector: string): void {
  document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true })
}
