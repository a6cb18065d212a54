/**
 * A value kept in localStorage as JSON.
 * @returns `undefined` when there is none, when it is broken, or when the browser keeps nothing for this site
 */
export function readStored(key: string): unknown {
  try {
    const text = localStorage.getItem(key)
    return text === null ? undefined : (JSON.parse(text) as unknown)
  } catch {
    return undefined
  }
}

/** Keeps a value. A browser that keeps nothing, or is full, is left alone: the page works without. */
export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    return
  }
}

/** Calls back when another tab changes the value. */
export function onStored(key: string, changed: () => void): void {
  addEventListener('storage', (event) => {
    if (event.key === key || event.key === null) changed()
  })
}
