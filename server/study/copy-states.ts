import type { EventLog } from '../storage/event-log.ts'
import { cursorAt, emptyState, fold, isAt, type CopyState } from './copy-state.ts'

/** Events of all copies in memory, some 40 MB. */
const MAX_EVENTS_IN_MEMORY = 300_000

/** What copies amount to, by stream. The ones used last stay in memory. */
export class CopyStates {
  readonly #events: EventLog
  /** Least recently used first. */
  readonly #states = new Map<string, CopyState>()

  constructor(events: EventLog) {
    this.#events = events
  }

  /** With everything written before, on any instance. @returns null when there is no such stream */
  async newest(stream: string): Promise<CopyState | null> {
    const known = this.#states.get(stream)
    if (known !== undefined) {
      // Another caller may go on from here meanwhile.
      const from = cursorAt(known)
      const [last, ...later] = await this.#events.read(stream, from.number - 1)
      if (last !== undefined && isAt(last, from)) {
        for (const entry of later) fold(known, entry)
        return this.#keep(stream, known)
      }
    }
    // Not in memory, or it was deleted and perhaps made again.
    this.#states.delete(stream)
    const state = emptyState()
    for (const entry of await this.#events.read(stream, 0)) fold(state, entry)
    return state.number === 0 ? null : this.#keep(stream, state)
  }

  forget(stream: string): void {
    this.#states.delete(stream)
  }

  #keep(stream: string, state: CopyState): CopyState {
    this.#states.delete(stream)
    this.#states.set(stream, state)
    let total = 0
    for (const { places } of this.#states.values()) total += places.size + 1
    for (const [oldest, { places }] of this.#states) {
      if (total <= MAX_EVENTS_IN_MEMORY) break
      total -= places.size + 1
      this.#states.delete(oldest)
    }
    return state
  }
}
