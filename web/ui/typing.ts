/** Milliseconds without a key after which a person whose field vanished counts as no longer typing. */
const PAUSE_MS = 2000

const EDITABLE =
  'input:not([type="checkbox" i]), textarea, select, [contenteditable]:not([contenteditable="false" i]), ' +
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
 * The element that a key edits, or null. It may stand in a shadow root. A closed one can't be looked into: what has focus
 * somewhere inside of it counts as an editor.
 */
function editableOf(event: KeyboardEvent): HTMLElement | null {
  const path = event.composedPath().filter((target) => target instanceof HTMLElement)
  const found = path.find((element) => element.isContentEditable || element.matches(EDITABLE))
  if (found) return found
  const [innermost] = path
  return innermost && hidesItsFocus(innermost) ? innermost : null
}

/** True for a host that has focus only because something in its closed shadow root has. */
function hidesItsFocus(element: HTMLElement): boolean {
  if (element.shadowRoot !== null || element === element.ownerDocument.body) return false
  if (element.localName.includes('-')) return true
  const focused = element.ownerDocument.activeElement === element
  // Chromium lets the keyboard focus an area that scrolls.
  const scrolls = element.scrollHeight > element.clientHeight || element.scrollWidth > element.clientWidth
  return focused && element.tabIndex === -1 && !element.hasAttribute('tabindex') && !scrolls
}

/**
 * Tells keys that are typed from keys that command. A person who types goes on typing when the field vanishes, is disabled or
 * loses focus to a script: those keys arrive elsewhere and must not act. They count again after the person has left the field in
 * a way one can see (`left`, Tab, Escape, Enter where it makes no new line), or has paused after a key that did nothing.
 */
export function trackTyping(): { isTyping(event: KeyboardEvent): boolean; left(): void } {
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
    return strayAt !== null && timeStamp - strayAt >= PAUSE_MS
  }

  function left(): void {
    typing = false
  }

  return { isTyping, left }
}

function leaves(key: string, field: HTMLElement | null): boolean {
  if (key === 'Enter') return field?.matches('input, select') ?? false
  return key === 'Tab' || key === 'Escape'
}
