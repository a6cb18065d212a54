import type { JsonSandbox } from './sandbox.ts'
import { storageNumbers } from './numbers.ts'

/** How many sandboxes stay in memory, and for how many milliseconds when nobody asks for them. */
const MOST = 200
const IDLE = 10 * 60_000

export interface Loaded {
  sandbox: JsonSandbox
  usedAt: number
  /** When its file was last marked as used. */
  touchedAt: number
}

/** The sandboxes in memory. One whose transactions run or wait never leaves: a second copy of it would be a second truth. */
export class LoadedSandboxes {
  /** In the order of their last use. */
  readonly #byId = new Map<string, Loaded>()

  has(id: string): boolean {
    return this.#byId.has(id)
  }

  /** Counts as a use. */
  get(id: string): Loaded | undefined {
    const loaded = this.#byId.get(id)
    if (loaded === undefined) return undefined
    this.#byId.delete(id)
    this.#byId.set(id, loaded)
    loaded.usedAt = Date.now()
    return loaded
  }

  keep(id: string, sandbox: JsonSandbox): Loaded {
    const now = Date.now()
    const loaded = { sandbox, usedAt: now, touchedAt: now }
    this.#byId.set(id, loaded)
    for (const [oldest, { sandbox: idle }] of this.#byId) {
      if (this.#byId.size <= MOST) break
      if (!idle.busy && oldest !== id) this.#byId.delete(oldest)
    }
    storageNumbers.openSandboxes = this.#byId.size
    return loaded
  }

  unloadIdle(): void {
    const since = Date.now() - IDLE
    for (const [id, { sandbox, usedAt }] of this.#byId) {
      if (usedAt < since && !sandbox.busy) this.#byId.delete(id)
    }
    storageNumbers.openSandboxes = this.#byId.size
  }

  async close(): Promise<void> {
    await Promise.all([...this.#byId.values()].map(({ sandbox }) => sandbox.close()))
  }
}
