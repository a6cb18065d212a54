import { onMounted, onScopeDispose, shallowRef, watch } from 'vue'
import { isComposing } from './typing.ts'

/**
 * Keeps what is typed while a field is still loading, so that no letter is lost or acts as a shortcut.
 * @param waiting whether a field is being loaded
 * @returns the text typed so far
 */
export function useEarlyKeys(waiting: () => boolean) {
  const typed = shallowRef('')

  function keep(event: KeyboardEvent): void {
    if (!waiting() || document.querySelector('dialog[open]') !== null || isComposing(event)) return
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Backspace') typed.value = [...typed.value].slice(0, -1).join('')
    else if ([...event.key].length === 1) typed.value += event.key
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  watch(waiting, () => (typed.value = ''), { flush: 'sync' })
  const disposed = new AbortController()
  onMounted(() => addEventListener('keydown', keep, { capture: true, signal: disposed.signal }))
  onScopeDispose(() => disposed.abort())
  return typed
}
