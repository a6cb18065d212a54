import { nextTick } from 'vue'

/**
 * Moves the focus to the heading of the page that is shown now, which is then read out.
 * Nothing scrolls: that is for the router, or for the caller.
 * @returns once the page shows what was changed before the call
 */
export async function focusHeading(): Promise<void> {
  await nextTick()
  const heading = document.querySelector<HTMLElement>('main h1')
  heading?.focus({ preventScroll: true })
}
