/** Called when a stream may have moved. @param newest the number of its newest event, if known; undefined for a removed stream */
export type Watcher = (newest?: number) => void

/** The listeners of each stream in this process. */
export class Watchers {
  readonly #byStream = new Map<string, Set<Watcher>>()

  /** @returns a function that removes the listener */
  add(stream: string, listener: Watcher): () => void {
    const listeners = this.#byStream.get(stream) ?? new Set()
    this.#byStream.set(stream, listeners)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#byStream.get(stream) === listeners) this.#byStream.delete(stream)
    }
  }

  has(stream: string): boolean {
    return this.#byStream.has(stream)
  }

  streams(): string[] {
    return [...this.#byStream.keys()]
  }

  notify(stream: string, newest?: number): void {
    for (const listener of this.#byStream.get(stream) ?? []) listener(newest)
  }

  notifyAll(): void {
    for (const stream of this.streams()) this.notify(stream)
  }
}
