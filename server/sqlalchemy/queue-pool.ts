import { TimeoutError } from './exc.ts'

export interface QueuePoolOptions {
  /** Connections that are kept. */
  poolSize?: number
  /** Connections that are opened beyond these, while all are in use. */
  maxOverflow?: number
  /** How long a caller waits for one that is given back. */
  timeoutMs?: number
}

/**
 * SQLAlchemy's `QueuePool` with its defaults. Connections are only counted: here, a store needs none.
 * Each caller must give back what it took: `acquire` or `tryAcquire`, then `release`.
 */
export class QueuePool {
  readonly timeoutMs: number
  readonly #poolSize: number
  readonly #maxOverflow: number
  #taken = 0
  /** Who waits for a connection, the one that has waited longest first. */
  readonly #waiting = new Set<() => void>()

  constructor({ poolSize = 5, maxOverflow = 10, timeoutMs = 30_000 }: QueuePoolOptions = {}) {
    this.timeoutMs = timeoutMs
    this.#poolSize = poolSize
    this.#maxOverflow = maxOverflow
  }

  /** @returns whether a connection was free; then it is taken */
  tryAcquire(): boolean {
    if (this.#taken === this.#poolSize + this.#maxOverflow) return false
    this.#taken += 1
    return true
  }

  /**
   * Takes a connection, or waits for one.
   * @throws {TimeoutError} when none is given back in time
   */
  acquire(): Promise<void> {
    if (this.tryAcquire()) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(received)
        reject(this.timedOut())
      }, this.timeoutMs)
      const received = () => {
        clearTimeout(timer)
        resolve()
      }
      this.#waiting.add(received)
    })
  }

  /** Gives a connection back, or on to the caller that has waited longest. */
  release(): void {
    const [next] = this.#waiting
    if (next === undefined) this.#taken -= 1
    else {
      this.#waiting.delete(next)
      next()
    }
  }

  timedOut(): TimeoutError {
    const limit = `QueuePool limit of size ${this.#poolSize} overflow ${this.#maxOverflow} reached`
    const timeout = `connection timed out, timeout ${(this.timeoutMs / 1000).toFixed(2)}`
    return new TimeoutError(
      `${limit}, ${timeout} (Background on this error at: https://sqlalche.me/e/21/3o7r)`,
    )
  }
}
