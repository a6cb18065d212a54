/** How often a request is sent in all, and the longest that it is waited for, in seconds. */
const MAX_TRIES = 8
const MAX_WAIT_SECONDS = 120

export interface WaitOptions {
  /** Ends the wait with an AbortError. */
  signal?: AbortSignal | null | undefined
  /** 0 to 1: two hundred clients with the same Retry-After should not all come back in the same moment. */
  random?: () => number
}

/**
 * Sends a request, and sends it again after `Retry-After` for as long as the server itself is too busy to start on it. The
 * project's own 429 and 503 are responses. The event `viva:busy` notifies the page of each wait with its seconds, and of its
 * end with 0; the event `viva:stop-waiting` ends all waits.
 * @param send called once for each try
 * @param headersOf what the answer's headers are
 * @returns the last answer; `isBusy` says whether the server stayed busy
 * @throws what `send` throws; an AbortError when `signal` says to stop
 */
export async function whileBusy<Answer>(
  send: () => Promise<Answer>,
  headersOf: (answer: Answer) => Headers,
  { signal, random = Math.random }: WaitOptions = {},
): Promise<Answer> {
  let waitedSeconds = 0
  for (let tries = 1; ; tries += 1) {
    const answer = await send()
    const headers = headersOf(answer)
    if (!isBusy(headers)) return answer
    const seconds = Math.max(1, Number(headers.get('Retry-After')) || 1)
    const wait = seconds + random() * Math.min(seconds, 5)
    waitedSeconds += wait
    if (tries === MAX_TRIES || waitedSeconds > MAX_WAIT_SECONDS) return answer
    if (!(await pause(wait, signal ?? null))) return answer
  }
}

/** Whether this is the server's own refusal, by which nothing was begun. */
export function isBusy(headers: Headers): boolean {
  return headers.get('X-Viva-Busy') !== null
}

/** @returns whether it was waited to the end */
async function pause(seconds: number, signal: AbortSignal | null): Promise<boolean> {
  signal?.throwIfAborted()
  const ended = new AbortController()
  const once = { once: true, signal: ended.signal }
  tell(Math.ceil(seconds))
  try {
    return await new Promise<boolean>((resolve, reject) => {
      const timer = setTimeout(() => resolve(true), seconds * 1000)
      ended.signal.addEventListener('abort', () => clearTimeout(timer))
      globalThis.addEventListener?.('viva:stop-waiting', () => resolve(false), once)
      signal?.addEventListener('abort', () => reject(new DOMException('Stopped', 'AbortError')), once)
    })
  } finally {
    ended.abort()
    tell(0)
  }
}

/** The page shows it; without a page there is no one to notify. */
function tell(seconds: number): void {
  globalThis.dispatchEvent?.(new CustomEvent('viva:busy', { detail: seconds }))
}
