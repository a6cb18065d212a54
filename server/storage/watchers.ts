/** Is told that a stream may have moved. @param newest the number it has come to, where that is known; a removed stream has none */
export type Watcher = (newest?: number) => void

/** Who wants to hear of which stream, in this process. */
export class Watchers {
  readonly #byStream = new Map<string, Set<Watcher>>()

  /** @returns what ends it */
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

  tell(stream: string, newest?: number): void {
    for (const listener of this.#byStream.get(stream) ?? []) listener(newest)
  }

  tellAll(): void {
    for (const stream of this.streams()) this.tell(stream)
  }
}
