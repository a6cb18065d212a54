import { nextTick, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { useDeckStore } from '../stores/deck.ts'
import { titleOf } from '../router.ts'

/** After a navigation to another page: sets the window's title and moves focus to the page's heading, which is then read out. */
export function usePageFocus(): void {
  const router = useRouter()
  const deck = useDeckStore()
  onMounted(() =>
    router.afterEach((to, from, failure) => {
      if (failure) return
      document.title = titleOf(to, deck)
      if (to.path !== from.path) void nextTick(() => focusHeading(to.hash))
    }),
  )
}

function focusHeading(hash: string): void {
  const part = hash ? document.getElementById(hash.slice(1)) : null
  const heading = document.querySelector<HTMLElement>('main h1')
  part?.closest('details')?.setAttribute('open', '')
  ;(part?.querySelector<HTMLElement>('summary, [tabindex]') ?? heading)?.focus({ preventScroll: true })
}
