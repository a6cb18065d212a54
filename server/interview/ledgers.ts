import { Uuid } from '#contract/interview/identity.ts'
import type { EventLog } from '../storage/event-log.ts'
import { Ledger, type Folding } from './ledger.ts'

/** A ledger without listeners or calls leaves memory after this time. */
const IDLE_MS = 60_000
const SWEEP_INTERVAL_MS = 15_000

interface Open<Event, State> {
  ledger: Ledger<Event, State>
  ready: Promise<void>
  unwatch: () => void
  usedAt: number
}

/** The ledgers of one kind in this process, at most one per stream. */
export class Ledgers<Event, State> {
  readonly #events: EventLog
  readonly #prefix: string
  readonly #folding: Folding<Event, State>
  readonly #open = new Map<string, Open<Event, State>>()
  readonly #sweeper: NodeJS.Timeout

  /** @param prefix of the names of their streams */
  constructor(events: EventLog, prefix: string, folding: Folding<Event, State>) {
    this.#events = events
    this.#prefix = prefix
    this.#folding = folding
    this.#sweeper = setInterval(() => this.#forgetIdle(), SWEEP_INTERVAL_MS).unref()
  }

  /** The ledger of that id, up to date when it was opened; null when there is no such stream, or the id is invalid. */
  async get(id: string): Promise<Ledger<Event, State> | null> {
    // The id may be anything from a URL: storage only gets names that could exist.
    if (!Uuid.safeParse(id).success) return null
    const { ledger } = await this.#opened(id)
    if (ledger.state !== null) return ledger
    // Requests for ids that don't exist must not fill memory.
    this.#forget(id)
    return null
  }

  /** The ledger of that id; a new stream starts with these events. */
  async create(id: string, events: readonly Event[]): Promise<Ledger<Event, State>> {
    const { ledger } = await this.#opened(id)
    await ledger.append((state) => ({ events: state === null ? [...events] : [] }))
    return ledger
  }

  /** The ledgers in memory. */
  loaded(): Ledger<Event, State>[] {
    return [...this.#open.values()].map(({ ledger }) => ledger)
  }

  /** Ids of all, in memory or not. */
  async ids(): Promise<string[]> {
    const heads = await this.#events.heads(this.#prefix)
    return heads.map(({ stream }) => stream.slice(this.#prefix.length))
  }

  /** Removes a stream and notifies its listeners. */
  async remove(id: string): Promise<void> {
    await this.#events.remove(this.#prefix + id)
    await this.#open.get(id)?.ledger.catchUp()
    this.#forget(id)
  }

  close(): void {
    clearInterval(this.#sweeper)
    for (const id of [...this.#open.keys()]) this.#forget(id)
  }

  async #opened(id: string): Promise<Open<Event, State>> {
    const opened = this.#open.get(id) ?? this.#begin(id)
    opened.usedAt = Date.now()
    try {
      await opened.ready
    } catch (error) {
      this.#forget(id)
      throw error
    }
    return opened
  }

  #begin(id: string): Open<Event, State> {
    const stream = this.#prefix + id
    const ledger = new Ledger(stream, this.#events, this.#folding)
    const unwatch = this.#events.watch(stream, (newest) => {
      // If following this hint fails, the next hint or call catches up.
      ledger.follow(newest).catch(() => undefined)
    })
    const opened = { ledger, ready: ledger.catchUp(), unwatch, usedAt: Date.now() }
    this.#open.set(id, opened)
    return opened
  }

  #forgetIdle(): void {
    const oldest = Date.now() - IDLE_MS
    for (const [id, { ledger, usedAt }] of this.#open) {
      if (ledger.gone || (usedAt < oldest && !ledger.listened)) this.#forget(id)
    }
  }

  #forget(id: string): void {
    this.#open.get(id)?.unwatch()
    this.#open.delete(id)
  }
}
