/** A browser's caches, in memory, for tests in Node. */
export class MemoryCaches {
  readonly #caches = new Map<string, Map<string, Response>>()
  /** How many more files fit. */
  space = Infinity

  /** The addresses kept in a cache. */
  paths(name: string): string[] {
    return [...(this.#caches.get(name)?.keys() ?? [])].sort()
  }

  /** The same, as the code under test takes it. */
  get storage(): CacheStorage {
    return this as unknown as CacheStorage
  }

  async keys(): Promise<string[]> {
    return [...this.#caches.keys()]
  }

  async delete(name: string): Promise<boolean> {
    return this.#caches.delete(name)
  }

  async match(path: string, { cacheName }: { cacheName?: string } = {}): Promise<Response | undefined> {
    const searched = cacheName === undefined ? [...this.#caches.values()] : [this.#caches.get(cacheName)]
    return searched.map((files) => files?.get(path)?.clone()).find((response) => response !== undefined)
  }

  async open(name: string): Promise<object> {
    const files = this.#caches.get(name) ?? new Map<string, Response>()
    this.#caches.set(name, files)
    return {
      keys: async () => [...files.keys()].map((path) => ({ url: `https://viva.example${path}` })),
      put: async (path: string, response: Response) => {
        if (this.space <= 0) throw new DOMException('full', 'QuotaExceededError')
        this.space -= 1
        files.set(path, response)
      },
    }
  }
}
