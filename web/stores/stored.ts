import { computed, shallowReactive } from 'vue'

// The only module that touches localStorage: browsers deny it, throw, run out of space, and hold what other versions wrote.

/** Values that the browser didn't store, as JSON. They last as long as this page. */
const unsaved = shallowReactive(new Map<string, string>())

/** Whether the browser has stored every value. If it hasn't, closing the page loses something. Reactive. */
export const storageWorks = computed(() => unsaved.size === 0)

/** Whether a key's last value outlives the page. Reactive. */
export function isStored(key: string): boolean {
  return !unsaved.has(key)
}

/**
 * A value stored in localStorage as JSON; where the browser stores nothing, what this page wrote.
 * @returns `undefined` when there is none, or when it is broken
 */
export function readStored(key: string): unknown {
  try {
    const text = unsaved.get(key) ?? localStorage.getItem(key)
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

/** Stores a value; where the browser refuses, or has no space left, it lasts until the page is closed. @see storageWorks */
export function writeStored(key: string, value: unknown): void {
  const text = JSON.stringify(value)
  try {
    localStorage.setItem(key, text)
    unsaved.delete(key)
  } catch {
    unsaved.set(key, text)
  }
}

/** Stores a value that is worth keeping but not worth a notice. Where the browser refuses, or has no space left, nothing is stored. */
export function storeIfPossible(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    return
  }
}

/** Removes a value. A browser that denies storage has none to remove. */
export function removeStored(key: string): void {
  unsaved.delete(key)
  try {
    localStorage.removeItem(key)
  } catch {
    return
  }
}

/** Stored keys that start with a prefix. */
export function storedKeys(prefix: string): string[] {
  const keys = new Set(unsaved.keys())
  try {
    for (const key of Object.keys(localStorage)) keys.add(key)
  } catch {
    // What this page has written is all there is.
  }
  return [...keys].filter((key) => key.startsWith(prefix))
}

/** Whether a stored value is an object, and no list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Calls back when another tab changes the value. */
export function onStored(key: string, changed: () => void): void {
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) changed()
  })
}
