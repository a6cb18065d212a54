import { computed, shallowReactive } from 'vue'

// The only module that touches localStorage: browsers deny it, throw, run full, and hold what other versions wrote.

/** Values that the browser didn't keep, as JSON. They last as long as this page. */
const unkept = shallowReactive(new Map<string, string>())

/** Whether the browser has kept everything it was given. When it hasn't, closing the page loses something. */
export const keepsData = computed(() => unkept.size === 0)

/** Whether what was last written under a key is there after the page is closed. Reactive, as `keepsData` is. */
export function isKept(key: string): boolean {
  return !unkept.has(key)
}

/**
 * A value kept in localStorage as JSON; where the browser keeps nothing, what this page has written.
 * @returns `undefined` when there is none, or when it is broken
 */
export function readStored(key: string): unknown {
  try {
    const text = unkept.get(key) ?? localStorage.getItem(key)
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

/** Keeps a value. A browser that keeps nothing, or is full, keeps it until the page is closed. @see keepsData */
export function writeStored(key: string, value: unknown): void {
  const text = JSON.stringify(value)
  try {
    localStorage.setItem(key, text)
    unkept.delete(key)
  } catch {
    unkept.set(key, text)
  }
}

export function removeStored(key: string): void {
  unkept.delete(key)
  try {
    localStorage.removeItem(key)
  } catch {
    return
  }
}

/** Keys that begin with a prefix. */
export function storedKeys(prefix: string): string[] {
  const keys = new Set(unkept.keys())
  try {
    for (const key of Object.keys(localStorage)) keys.add(key)
  } catch {
    // What this page has written is all there is.
  }
  return [...keys].filter((key) => key.startsWith(prefix))
}

/** Calls back when another tab changes the value. */
export function onStored(key: string, changed: () => void): void {
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) changed()
  })
}
