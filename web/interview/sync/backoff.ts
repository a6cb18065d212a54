import { ApiFailure } from '../../api/call.ts'

/** Even a server that stays away is tried this often. */
const MAX_DELAY_MS = 5_000

/** The time between two attempts: it doubles with each failure, up to five seconds. */
export class Backoff {
  readonly #firstMs: number
  #nextMs: number

  constructor(firstMs: number) {
    this.#firstMs = firstMs
    this.#nextMs = firstMs
  }

  /** Milliseconds until the next attempt. */
  next(): number {
    const delayMs = this.#nextMs
    this.#nextMs = Math.min(MAX_DELAY_MS, delayMs * 2)
    return delayMs
  }

  /** Starts over, after a success or when there is a reason to hurry. */
  reset(): void {
    this.#nextMs = this.#firstMs
  }
}

/** Whether the server refused for good, so that trying again is pointless. 408 and 429 only mean "not now". */
export function isFinal(error: unknown): error is ApiFailure {
  if (!(error instanceof ApiFailure) || error.status === null) return false
  return error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429
}
