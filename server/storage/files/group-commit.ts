interface Waiting<Item, Result> {
  item: Item
  succeed: (result: Result) => void
  fail: (error: unknown) => void
}

/**
 * Commits items in batches. Items that arrive while a batch is being written wait and become the next batch, so at most one
 * write is in flight and one batch waits. No item is answered before the write of its batch has returned, not even a refused
 * one: it may have been refused because of another that then isn't stored.
 */
export class GroupCommit<Item, Result = void> {
  readonly #commit: (items: readonly Item[]) => Promise<PromiseSettledResult<Result>[]>
  #waiting: Waiting<Item, Result>[] = []
  #running: Promise<void> | undefined

  /** @param commit makes a batch durable and returns one result per item, in their order; when it throws, all of them fail */
  constructor(commit: (items: readonly Item[]) => Promise<PromiseSettledResult<Result>[]>) {
    this.#commit = commit
  }

  /** Whether a batch is being written or waits. */
  get busy(): boolean {
    return this.#running !== undefined
  }

  /** Settles when the item's batch is durable, or was refused. */
  add(item: Item): Promise<Result> {
    return new Promise((succeed, fail) => {
      this.#waiting.push({ item, succeed, fail })
      this.#running ??= this.#run()
    })
  }

  /** Resolves when nothing is being written and nothing waits. */
  async settled(): Promise<void> {
    await this.#running
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      try {
        const results = await this.#commit(batch.map(({ item }) => item))
        for (const [index, { succeed, fail }] of batch.entries()) {
          const result = results[index]
          if (result?.status === 'fulfilled') succeed(result.value)
          else fail(result?.reason ?? new Error('A commit left an item without a result'))
        }
      } catch (error) {
        for (const { fail } of batch) fail(error)
      }
    }
    this.#running = undefined
  }
}
