import type { EventLog, Json } from '../storage/event-log.ts'
import { StreamMoved } from '../storage/errors.ts'
import { isRefusal, type Refusal } from './rules/decision.ts'

/** How a stream's events become a state. */
export interface Folding<Event, State> {
  /** Reads a stored event. @throws {StorageUnavailable} when it has a shape that this version doesn't know */
  fromStored(stored: Json): Event | Promise<Event>
  toStored(event: Event): Json
  /** @param state null before the first event */
  fold(state: State | null, event: Event): State
}

export type Listener<Event, State> = (event: Event, after: State) => void

/** If other writers interfere more often in a row, something is wrong. */
const MAX_TRIES = 50

/**
 * A stream of events with the state that they lead to, as this process knows it. Reads and appends wait for one another, so
 * listeners receive every event once and in order, whichever instance wrote it.
 */
export class Ledger<Event, State> {
  readonly stream: string
  readonly #events: EventLog
  readonly #folding: Folding<Event, State>
  readonly #listeners = new Set<Listener<Event, State>>()
  readonly #goneListeners = new Set<() => void>()
  #state: State | null = null
  #number = 0
  #gone = false
  #turn: Promise<unknown> = Promise.resolve()
  #catchingUp: Promise<void> | undefined

  constructor(stream: string, events: EventLog, folding: Folding<Event, State>) {
    this.stream = stream
    this.#events = events
    this.#folding = folding
  }

  /** What the events up to now lead to; null when there are none. */
  get state(): State | null {
    return this.#gone ? null : this.#state
  }

  /** Whether the stream was removed after it had been read. */
  get gone(): boolean {
    return this.#gone
  }

  get listened(): boolean {
    return this.#listeners.size > 0
  }

  /** Reads new events. Concurrent calls share one read. */
  catchUp(): Promise<void> {
    this.#catchingUp ??= this.#next(async () => {
      this.#catchingUp = undefined
      await this.#readOn()
    })
    return this.#catchingUp
  }

  /** Follows a hint. @param newest the number of the stream's newest event: what this process appended itself needn't be read */
  async follow(newest?: number): Promise<void> {
    const known = await this.settled(() => this.#number)
    if (newest === undefined || newest > known) await this.catchUp()
  }

  /**
   * Appends what `decide` returns for the newest state. It may be called several times, and must depend only on that state.
   * @returns the refusal, or null; `state` is then the state afterwards
   */
  append(decide: (state: State | null) => { events: Event[] } | Refusal): Promise<Refusal | null> {
    return this.#next(async () => {
      for (let tries = 0; tries < MAX_TRIES; tries += 1) {
        const outcome = decide(this.state)
        const nothing = isRefusal(outcome) || outcome.events.length === 0
        // Before concluding that nothing happens, make sure that this is the newest state.
        if (nothing && (await this.#readOn())) continue
        if (isRefusal(outcome)) return outcome
        if (outcome.events.length === 0 || (await this.#write(outcome.events))) return null
      }
      throw new Error(`${this.stream} moved ${MAX_TRIES} times in a row`)
    })
  }

  /** Calls `listener` with every event from now on, in order. @returns a function that removes it */
  listen(listener: Listener<Event, State>, gone: () => void): () => void {
    this.#listeners.add(listener)
    this.#goneListeners.add(gone)
    return () => {
      this.#listeners.delete(listener)
      this.#goneListeners.delete(gone)
    }
  }

  /** Runs `work` while no event is being read or written, so a listener that it adds continues exactly from the state it sees. */
  settled<Result>(work: () => Result): Promise<Result> {
    return this.#next(async () => work())
  }

  #next<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => undefined)
    return result
  }

  /** @returns whether there was something new */
  async #readOn(): Promise<boolean> {
    if (this.#gone) return false
    // The newest known event is read again: when it is gone, the stream was removed.
    const known = Math.max(0, this.#number - 1)
    const read = await this.#events.read(this.stream, known)
    const fresh = read.filter(({ number }) => number > this.#number)
    if (this.#number > 0 && read.length === 0) {
      this.#end()
      return true
    }
    const events = await Promise.all(fresh.map(({ data }) => this.#folding.fromStored(data)))
    for (const event of events) this.#take(event)
    return fresh.length > 0
  }

  async #write(events: readonly Event[]): Promise<boolean> {
    try {
      const stored = events.map((event) => this.#folding.toStored(event))
      await this.#events.append(this.stream, this.#number, stored)
    } catch (error) {
      if (!(error instanceof StreamMoved)) throw error
      await this.#readOn()
      return false
    }
    for (const event of events) this.#take(event)
    return true
  }

  #take(event: Event): void {
    const state = this.#folding.fold(this.#state, event)
    this.#state = state
    this.#number += 1
    for (const listener of [...this.#listeners]) listener(event, state)
  }

  #end(): void {
    this.#gone = true
    for (const tell of [...this.#goneListeners]) tell()
  }
}
