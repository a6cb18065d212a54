/** How often a request is sent again, and the longest that it is waited for in all, in seconds. */
const MAX_TRIES = 8
const MAX_WAIT_SECONDS = 120

export interface WaitOptions {
  /** Ends the wait. */
  signal: AbortSignal
  /** Told before each wait, with its length in whole seconds. */
  waiting: (seconds: number) => void
  /** 0 to 1: when two hundred are told the same, they should not all return in one moment. */
  random?: () => number
}

/**
 * Sends a request, and sends it again after `Retry-After` for as long as the server itself is too busy to begin it. The
 * project's own 429 and 503 are answers.
 * @param send called once for each try
 * @returns the last answer; it is `isBusy` when the server stayed busy
 * @throws what `send` throws; an AbortError when `signal` says to stop
 */
export async function whileBusy(send: () => Promise<Response>, options: WaitOptions): Promise<Response> {
  const { signal, waiting, random = Math.random } = options
  let waited = 0
  for (let tries = 1; ; tries += 1) {
    const answer = await send()
    if (!isBusy(answer.headers)) return answer
    const seconds = Math.max(1, Number(answer.headers.get('Retry-After')) || 1)
    const wait = seconds + random() * Math.min(seconds, 5)
    waited += wait
    if (tries === MAX_TRIES || waited > MAX_WAIT_SECONDS) return answer
    await answer.body?.cancel()
    waiting(Math.ceil(wait))
    await pause(wait * 1000, signal)
  }
}

/** Whether this is the server's own refusal, by which nothing was begun. */
export function isBusy(headers: Headers): boolean {
  return headers.get('X-Viva-Busy') !== null
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer)
      reject(new DOMException('Stopped', 'AbortError'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
