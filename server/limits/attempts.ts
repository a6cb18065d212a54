import type { Limiter } from './limiter.ts'

/** `right` starts the count anew, `wrong` stays counted, `none` is taken back: nothing was tried. */
export type Outcome = 'right' | 'wrong' | 'none'

/** An attempt that may be made. What came of it must be told, once. */
export type EndAttempt = (outcome: Outcome) => Promise<void>

/** Attempts at one key that run in this process, and those that wait to see what comes of them. */
interface Line {
  running: number
  waiting: ((more: boolean) => void)[]
}

/**
 * Counts wrong attempts only, and yet lets no more through at once than may be wrong: each one is counted before it begins.
 * While others of the same key run, one beyond the limit waits for them, since they may turn out right.
 */
export class Attempts {
  readonly #limiter: Limiter
  readonly #lines = new Map<string, Line>()

  constructor(limiter: Limiter) {
    this.#limiter = limiter
  }

  /** @returns how to end the attempt, or the seconds to wait when too many were wrong */
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

  /** One that is refused is none: it takes no room from those who come when others were taken back. */
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

  /** @param more whether there is room for those who wait */
  #leave(key: string, line: Line, more: boolean): void {
    line.running -= 1
    if (line.running === 0) this.#lines.delete(key)
    if (more || line.running === 0) for (const wake of line.waiting.splice(0)) wake(more)
  }
}
