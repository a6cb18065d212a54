import { nextTick } from 'vue'
import { placeOf, titleOf, type Router } from './router.ts'
import type { useDeckStore } from './stores/deck.ts'

/**
 * Turns the browser's own navigations between pages into changes of the view: links are plain links, back and forward and their
 * scrolling stay the browser's. A browser without the Navigation API loads each page whole, which works as well.
 */
export function followNavigations(router: Router, deck: ReturnType<typeof useDeckStore>): void {
  addEventListener('hashchange', () => revealPart(location.hash))
  if (!('navigation' in window)) return
  navigation.addEventListener('navigate', (event) => {
    const to = new URL(event.destination.url)
    const samePath = to.pathname === location.pathname
    if (!event.canIntercept || event.hashChange || event.downloadRequest !== null || event.formData) return
    if (event.navigationType === 'reload' || (samePath && event.navigationType === 'replace')) return
    if (placeOf(to.href).name === 'missing') return
    event.intercept({
      focusReset: 'manual',
      scroll: samePath ? 'manual' : 'after-transition',
      handler: () => show(to, event.signal, samePath),
    })
  })

  async function show(to: URL, signal: AbortSignal, samePath: boolean): Promise<void> {
    await router.open(to.href, signal)
    if (signal.aborted) return
    document.title = titleOf(router.view.value, deck)
    await nextTick()
    if (!samePath) document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
    revealPart(to.hash)
  }
}

/** Goes to an address as if its link had been followed. */
export function go(to: string): void {
  location.assign(to)
}

/** Opens the answer that an address points to, and moves focus there. */
function revealPart(hash: string): void {
  const part = hash ? document.getElementById(hash.slice(1)) : null
  if (part instanceof HTMLDetailsElement) part.open = true
  part?.querySelector('summary')?.focus({ preventScroll: true })
}
