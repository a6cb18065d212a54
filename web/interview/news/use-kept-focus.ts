import { nextTick, watch, type WatchSource } from 'vue'

/**
 * Catches the focus when a change removes the element that has it: it moves to `target` instead of falling back to the page, where a screen
 * reader starts over. A component that knows a better place moves it there itself.
 * @param changes what may remove elements
 */
export function useKeptFocus(changes: WatchSource | WatchSource[], target: () => HTMLElement | null): void {
  watch(changes, async () => {
    const focused = document.activeElement
    if (focused === null || focused === document.body) return
    await nextTick()
    // After what components do in the same tick.
    await nextTick()
    if (!focused.isConnected && document.activeElement === document.body)
      target()?.focus({ preventScroll: true })
  })
}
