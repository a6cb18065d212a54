import { Low } from 'lowdb'
import { Unconfirmed, type DurableFile } from './durable-file.ts'
import { StorageUnavailable } from '../errors.ts'
import { FileDraft } from './draft.ts'
import { GroupCommit } from './group-commit.ts'
import { countCommit } from './numbers.ts'
import type { Draft, Snapshot } from '../storage.ts'

type Change = (base: Snapshot) => Promise<Snapshot | null>

/** One sandbox in memory. Transactions that arrive while a commit is being written share the next one. */
export class FileSandbox {
  readonly #file: DurableFile
  readonly #low: Low<Snapshot>
  #committed: Snapshot
  readonly #commits = new GroupCommit((changes: readonly Change[]) => this.#commitTogether(changes))
  #confirming: Promise<void> | undefined
  #unconfirmed = false
  #closed = false

  constructor(file: DurableFile, committed: Snapshot) {
    this.#file = file
    this.#low = new Low(file, committed)
    this.#committed = committed
  }

  /** Whether a transaction is running or waiting. */
  get busy(): boolean {
    return this.#commits.busy
  }

  /** What is on disk. While it is unknown which of two versions that is, the last confirmed one. */
  async committed(): Promise<Snapshot> {
    await this.#confirm().catch(() => undefined)
    return this.#committed
  }

  async transact<Result>(change: (draft: Draft) => Promise<Result>): Promise<Result> {
    let result: Result | undefined
    await this.#commit(async (base) => {
      const draft = new FileDraft(base)
      result = await change(draft)
      return draft.result()
    })
    return result as Result
  }

  replace(snapshot: Snapshot): Promise<void> {
    return this.#commit(async () => snapshot)
  }

  /** Refuses new transactions, and resolves when earlier ones have settled. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#commits.settled()
  }

  #commit(change: Change): Promise<void> {
    if (this.#closed) return Promise.reject(new StorageUnavailable('The storage is closed'))
    return this.#commits.add(change)
  }

  async #commitTogether(changes: readonly Change[]): Promise<PromiseSettledResult<void>[]> {
    await this.#confirm()
    const before = this.#committed
    let after = before
    const results: PromiseSettledResult<void>[] = []
    for (const change of changes) {
      try {
        after = (await change(after)) ?? after
        results.push({ status: 'fulfilled', value: undefined })
      } catch (reason) {
        results.push({ status: 'rejected', reason })
      }
    }
    if (after !== before) await this.#write(after)
    return results
  }

  async #write(after: Snapshot): Promise<void> {
    this.#low.data = after
    try {
      await countCommit(() => this.#low.write())
      this.#committed = after
    } catch (error) {
      this.#low.data = this.#committed
      if (error instanceof Unconfirmed) this.#unconfirmed = true
      throw error
    }
  }

  /** After an unconfirmed write, finds out which version is on disk and makes it durable. */
  async #confirm(): Promise<void> {
    if (this.#unconfirmed) await (this.#confirming ??= this.#reload())
  }

  async #reload(): Promise<void> {
    try {
      await this.#file.confirm()
      await this.#low.read()
      this.#committed = this.#low.data
      this.#unconfirmed = false
    } finally {
      this.#confirming = undefined
    }
  }
}
