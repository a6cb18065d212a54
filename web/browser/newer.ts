// What browsers have by now and the oldest ones served lack, in the parts that are needed: see vite/oldest-browsers.ts.

/** The URL that this text names, or null, as `URL.parse` gives it. */
export function parsedUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base)
  } catch {
    return null
  }
}

/**
 * A signal that aborts with a `TimeoutError`, as `AbortSignal.timeout` does.
 * @param timeoutMs how long what it is passed to may take
 */
export function abortAfter(timeoutMs: number): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(new DOMException('The time is up.', 'TimeoutError')), timeoutMs)
  return controller.signal
}
