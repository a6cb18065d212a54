import type { FileSandbox } from './sandbox.ts'
import { storageNumbers } from './numbers.ts'

/** How many sandboxes stay in memory, and for how long without being used. */
const MAX_LOADED = 200
const IDLE_MS = 10 * 60_000

export interface Loaded {
  sandbox: FileSandbox
  usedAt: number
  /** When its file was last marked as used. */
  touchedAt: number
}

/** The sandboxes in memory. One with running or waiting transactions is never unloaded: two copies of it would disagree. */
export class LoadedSandboxes {
  /** In the order of their last use. */
  readonly #byId = new Map<string, Loaded>()

  has(id: string): boolean {
    return this.#byId.has(id)
  }

  /** Counts as use. */
  get(id: string): Loaded | undefined {
    const loaded = this.#byId.get(id)
    if (loaded === undefined) return undefined
    this.#byId.delete(id)
    this.#byId.set(id, loaded)
    loaded.usedAt = Date.now()
    return loaded
  }

  keep(id: string, sandbox: FileSandbox): Loaded {
    const now = Date.now()
    const loaded = { sandbox, usedAt: now, touchedAt: now }
    this.#byId.set(id, loaded)
    for (const [oldest, { sandbox: idle }] of this.#byId) {
      if (this.#byId.size <= MAX_LOADED) break
      if (!idle.busy && oldest !== id) this.#byId.delete(oldest)
    }
    storageNumbers.openSandboxes = this.#byId.size
    return loaded
  }

  unloadIdle(): void {
    const since = Date.now() - IDLE_MS
    for (const [id, { sandbox, usedAt }] of this.#byId) {
      if (usedAt < since && !sandbox.busy) this.#byId.delete(id)
    }
    storageNumbers.openSandboxes = this.#byId.size
  }

  async close(): Promise<void> {
    await Promise.all([...this.#byId.values()].map(({ sandbox }) => sandbox.close()))
  }
}
