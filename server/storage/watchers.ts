/** Who wants to hear of which stream, in this process. */
export class Watchers {
  readonly #byStream = new Map<string, Set<() => void>>()

  /** @returns what ends it */
  add(stream: string, listener: () => void): () => void {
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

  tell(stream: string): void {
    for (const listener of this.#byStream.get(stream) ?? []) listener()
  }

  tellAll(): void {
    for (const stream of this.streams()) this.tell(stream)
  }
}
