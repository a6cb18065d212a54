import { onMounted, onScopeDispose } from 'vue'
import { trackTyping, isComposing } from './typing.ts'

/** What each key does. Two keys in a row are written with a space: `g h`. */
export type Shortcuts = Record<string, (event: KeyboardEvent) => void>

/** The second of two keys must follow within this time. */
const MAX_PAIR_GAP_MS = 1200

/**
 * Shortcuts: single keys outside of fields and dialogs, and `mod+k` everywhere (`mod` is Ctrl, or ⌘ on a Mac).
 * @param single whether keys without `mod` are active at the moment
 * @param repeating keys that repeat while they are held down
 */
export function useShortcuts(
  shortcuts: Shortcuts,
  single: () => boolean,
  repeating: readonly string[] = [],
): void {
  const typing = trackTyping()
  let typed = false
  let lastKey = ''
  let lastKeyTime = 0

  /** Runs before every other listener, so that a key counts as typed even if its event is stopped. */
  function follow(event: KeyboardEvent): void {
    typed = isKey(event) && typing.isTyping(event)
  }

  function listen(event: KeyboardEvent): void {
    if (!isKey(event) || event.defaultPrevented || isComposing(event)) return
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const previous = event.timeStamp - lastKeyTime < MAX_PAIR_GAP_MS ? lastKey : ''
    if (!MODIFIERS.has(key)) lastKey = ''
    if (event.altKey || event.getModifierState('AltGraph')) return
    if (event.ctrlKey || event.metaKey) {
      if (isMod(event) && !event.repeat) run(`mod+${key}`, event)
      return
    }
    if (typed || !single() || hasOwnUse(event, key)) return
    if (event.repeat && !repeating.includes(key)) return
    if (MODIFIERS.has(key)) return
    lastKey = key
    lastKeyTime = event.timeStamp
    const pair = `${previous} ${key}`
    run(pair in shortcuts ? pair : key, event)
  }

  function run(name: string, event: KeyboardEvent): void {
    const action = shortcuts[name]
    if (action === undefined) return
    event.preventDefault()
    action(event)
  }

  const disposed = new AbortController()
  onMounted(() => {
    const { signal } = disposed
    addEventListener('keydown', follow, { capture: true, signal })
    addEventListener('keydown', listen, { signal })
    addEventListener('pointerdown', typing.stop, { capture: true, signal })
    addEventListener('popstate', typing.stop, { signal })
  })
  onScopeDispose(() => disposed.abort())
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock'])

/** A browser that fills in a form sends events called keydown that name no key. */
function isKey(event: KeyboardEvent): boolean {
  return typeof event.key === 'string'
}

/** Ctrl on a Mac edits text, as in a terminal. */
function isMod({ ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean {
  const mac = /^(Mac|iP)/.test(navigator.platform)
  return !shiftKey && (mac ? metaKey && !ctrlKey : ctrlKey && !metaKey)
}

/** Elements that have focus without being reached by Tab: the page itself, and headings and areas that a script focused. */
const IDLE = 'html, body, [tabindex="-1"]:not(button, a)'

/** Dialogs have their own keys; arrows, Space and Enter belong to whatever has focus; Shift with a letter or an arrow is not a shortcut here. */
function hasOwnUse({ target, shiftKey }: KeyboardEvent, key: string): boolean {
  if (document.querySelector('dialog[open]') !== null) return true
  const named = key.length > 1
  if (shiftKey && (named || /^\p{L}$/u.test(key))) return true
  if (!(target instanceof Element) || target.matches(IDLE)) return false
  return named || key === ' '
}
