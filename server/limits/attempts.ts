import type { Limiter } from './limiter.ts'

/** `right` resets the count, `wrong` stays counted, `none` is taken back because nothing was tried. */
export type Outcome = 'right' | 'wrong' | 'none'

/** An attempt that was admitted. Its outcome must be reported exactly once. */
export type EndAttempt = (outcome: Outcome) => Promise<void>

/** Attempts at one key that are running in this process, and those that wait for their outcome. */
interface Line {
  running: number
  waiting: ((more: boolean) => void)[]
}

/**
 * Counts only wrong attempts, but never lets more run at once than may be wrong: each one is counted before it starts. An
 * attempt beyond the limit waits while others of the same key are running, since they may turn out right.
 */
export class Attempts {
  readonly #limiter: Limiter
  readonly #lines = new Map<string, Line>()

  constructor(limiter: Limiter) {
    this.#limiter = limiter
  }

  /** @returns a function that ends the attempt, or the seconds to wait when too many were wrong */
  async begin(key: string): Promise<EndAttempt | number> {
    for (;;) {
      const line = this.#enter(key)
      const wait = await this.#take(key).catch((error: unknown) => {
        this.#leave(key, line, true)
        throw error
      })
      if (wait === 0) return (outcome) => this.#end(key, line, outcome)
      const others = line.running > 1
      this.#leave(key, line, false)
      const more = others && (await new Promise<boolean>((resolve) => line.waiting.push(resolve)))
      if (!more) return wait
    }
  }

  /** A refused attempt isn't counted: it must not use up points that others have given back. */
  async #take(key: string): Promise<number> {
    const wait = await this.#limiter.take(key)
    if (wait > 0) await this.#limiter.giveBack(key)
    return wait
  }

  async #end(key: string, line: Line, outcome: Outcome): Promise<void> {
    try {
      if (outcome === 'right') await this.#limiter.forget(key)
      if (outcome === 'none') await this.#limiter.giveBack(key)
    } finally {
      this.#leave(key, line, outcome !== 'wrong')
    }
  }

  #enter(key: string): Line {
    const line = this.#lines.get(key) ?? { running: 0, waiting: [] }
    this.#lines.set(key, line)
    line.running += 1
    return line
  }

  /** @param more whether waiting attempts may try again */
  #leave(key: string, line: Line, more: boolean): void {
    line.running -= 1
    if (line.running === 0) this.#lines.delete(key)
    if (more || line.running === 0) for (const wake of line.waiting.splice(0)) wake(more)
  }
}
