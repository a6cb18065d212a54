/** A person whose field vanished counts as no longer typing after this time without a key. */
const TYPING_PAUSE_MS = 2000

/** A choice that names letters of its own waits for them. */
const EDITABLE =
  'input:not([type="checkbox" i], [type="radio" i][aria-keyshortcuts]), textarea, select, [contenteditable]:not([contenteditable="false" i]), ' +
  '[role="textbox"], [role="searchbox"], [role="combobox"], [role="spinbutton"]'

/**
 * True while an input method is open, and for the key that closes it: those keys belong to the input method.
 * Safari ends the composition before it reports the key that ended it, and marks that key with the code 229 alone.
 */
export function isComposing({ isComposing, keyCode }: KeyboardEvent): boolean {
  return isComposing || keyCode === 229
}

/** True for Ctrl+Enter, or ⌘+Enter on a Mac, pressed once. */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.repeat && !isComposing(event)
}

/**
 * The element that a key edits, or null. It may be in a shadow root. A closed one can't be inspected: whatever has focus
 * inside it counts as an editor.
 */
function editableOf(event: KeyboardEvent): HTMLElement | null {
  const path = event.composedPath().filter((target) => target instanceof HTMLElement)
  const found = path.find((element) => element.isContentEditable || element.matches(EDITABLE))
  if (found) return found
  const [innermost] = path
  return innermost && hidesItsFocus(innermost) ? innermost : null
}

/** Whether a host has focus only because something in its closed shadow root has. */
function hidesItsFocus(element: HTMLElement): boolean {
  if (element.shadowRoot !== null || element === element.ownerDocument.body) return false
  if (element.localName.includes('-')) return true
  const focused = element.ownerDocument.activeElement === element
  // Chromium lets the keyboard focus an area that scrolls.
  const scrolls = element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth
  return focused && element.tabIndex === -1 && !element.hasAttribute('tabindex') && !scrolls
}

/**
 * Distinguishes typing from shortcuts. A person keeps typing when the field vanishes, is disabled or loses focus to a script:
 * those keys arrive elsewhere and must not act. Shortcuts work again once the person has visibly left the field (`stop`, Tab,
 * Escape, Enter where it inserts no line), or has paused after a key that did nothing.
 */
export function trackTyping(): { isTyping(event: KeyboardEvent): boolean; stop(): void } {
  let typing = false
  /** `timeStamp` of the last key that arrived elsewhere, or null. */
  let strayAt: number | null = null

  function isTyping(event: KeyboardEvent): boolean {
    if (isComposing(event)) return (typing = true)
    const field = editableOf(event)
    if (field !== null) {
      typing = !leaves(event.key, field)
      strayAt = null
      return true
    }
    if (typing && (leaves(event.key, null) || pausedBefore(event))) typing = false
    if (typing) strayAt = event.timeStamp
    return typing
  }

  function pausedBefore({ timeStamp }: KeyboardEvent): boolean {
    return strayAt !== null && timeStamp - strayAt >= TYPING_PAUSE_MS
  }

  function stop(): void {
    typing = false
  }

  return { isTyping, stop }
}

function leaves(key: string, field: HTMLElement | null): boolean {
  if (key === 'Enter') return field?.matches('input, select') ?? false
  return key === 'Tab' || key === 'Escape'
}
