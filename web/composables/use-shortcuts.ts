import { onMounted, onScopeDispose } from 'vue'

/** What a key does. Two keys in a row are written with a space: `g h`. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>

/** Milliseconds within which the second of two keys must follow. */
const PAUSE = 1200

/**
 * Listens for single keys outside of fields and dialogs, and for `mod+k` everywhere (`mod` is Ctrl, or ⌘ on a Mac).
 * @param single whether keys without `mod` count at the moment
 */
export function useShortcuts(shortcuts: Shortcuts, single: () => boolean): void {
  let before = ''
  let at = 0

  function listen(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.altKey) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    if (event.ctrlKey || event.metaKey) return run(`mod+${key}`, event)
    if (!single() || isTaken(event, key)) return
    const pair = event.timeStamp - at < PAUSE ? `${before} ${key}` : key
    before = key
    at = event.timeStamp
    run(pair in shortcuts ? pair : key, event)
  }

  function run(name: string, event: KeyboardEvent): void {
    const action = shortcuts[name]
    if (action === undefined) return
    event.preventDefault()
    action(event)
  }

  onMounted(() => addEventListener('keydown', listen))
  onScopeDispose(() => typeof window !== 'undefined' && removeEventListener('keydown', listen))
}

/** Fields and dialogs have their own keys; arrows belong to whatever has focus. */
function isTaken({ target }: KeyboardEvent, key: string): boolean {
  if (document.querySelector('dialog[open]') !== null) return true
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.closest('input:not([type="checkbox"]), textarea, select'))
    return true
  const idle = target === document.body || target.tabIndex === -1
  return key.startsWith('Arrow') && !idle
}
