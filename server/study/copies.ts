import { COPY_LIMITS } from '#contract/study/copy.ts'
import type { StudyEvent } from '#contract/study/event.ts'
import { StorageFull, StorageUnavailable, StreamMoved } from '../storage/errors.ts'
import type { EventLog, Json, NumberedEvent } from '../storage/event-log.ts'
import {
  cursorAt,
  entryOf,
  eventsIn,
  isAt,
  newEventsOf,
  whyFull,
  type CopyCursor,
  type CopyState,
} from './copy-state.ts'
import { CopyStates } from './copy-states.ts'

const PREFIX = 'study-'
/** How much of a copy's lifetime has to be over before using it prolongs it: each time costs a write. */
const RENEWED_AFTER = 0.02
/** So many of a stream's newest events are certainly in memory. */
const RECENT_EVENTS = 150
/** How often an addition is tried when other instances add to the same copy at the same moment. */
const MAX_TRIES = 50

/** Events of a copy, and where to continue. */
export interface CopyPage {
  events: unknown[]
  cursor: CopyCursor
  hasMore: boolean
  /** The cursor wasn't one of this copy as it is now, so these are its events from the first one on. */
  restarted: boolean
  /** Bytes that had to be read for it: all of them, unless only the newest events were asked for. */
  readBytes: number
}

/** Where a copy was before something was added, and where it is now. */
interface CopyMove {
  before: CopyCursor
  cursor: CopyCursor
}

export interface CopiesDeps {
  events: EventLog
  /** A copy that wasn't used for this time is deleted. */
  lifetimeMs: number
  /** The time that deletions go by: a wrong clock must not delete a copy. */
  time: { earliest: () => number; latest: () => number }
}

/** Copies of study logs, by the hash of their key. */
export class Copies {
  readonly #deps: CopiesDeps
  readonly #states: CopyStates
  /** The last change of each copy that is being changed: the next one waits for it. */
  readonly #changing = new Map<string, Promise<unknown>>()

  constructor(deps: CopiesDeps) {
    this.#deps = deps
    this.#states = new CopyStates(deps.events)
  }

  /** Makes a copy unless there is one with this key. @returns until when it is kept if it isn't used */
  make(keyHash: string): Promise<number> {
    return this.#inTurn(keyHash, () => this.#make(keyHash))
  }

  async #make(keyHash: string): Promise<number> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const existing = await this.#state(keyHash)
      if (existing !== null) return existing.keptUntil
      const keptUntil = this.#renewed()
      if (await this.#append(keyHash, 0, [entryOf({ keptUntil })])) return keptUntil
      // It expired, and the sweep has not come by yet.
      if ((await this.#state(keyHash)) === null) await this.#remove(keyHash)
    }
    throw new StorageUnavailable('The copy is changing all the time')
  }

  /** @returns null when there is no such copy */
  async has(keyHash: string): Promise<boolean> {
    return (await this.#state(keyHash)) !== null
  }

  /**
   * The events after a place, up to a page of them.
   * @param after null reads from the first one on
   * @returns null when there is no such copy
   */
  async read(keyHash: string, after: CopyCursor | null): Promise<CopyPage | null> {
    const state = await this.#state(keyHash)
    if (state === null) return null
    await this.#tidy(keyHash, state)
    const { events } = this.#deps
    const known = after === null ? [] : await events.read(PREFIX + keyHash, Math.max(0, after.number - 1))
    const isHere = after !== null && known[0] !== undefined && isAt(known[0], after)
    const entries = isHere ? known.slice(1) : await events.read(PREFIX + keyHash, 0)
    const page = pageOf(entries)
    const last = page.at(-1)
    return {
      events: eventsIn(page, state),
      cursor: last === undefined ? (after ?? cursorAt(state)) : cursorAt(last),
      hasMore: page.length < entries.length,
      restarted: after !== null && !isHere,
      readBytes: entries.length < RECENT_EVENTS ? 0 : state.bytes,
    }
  }

  /**
   * Adds what the copy doesn't have, and erases what is removed; adding the same again changes nothing. It settles once that is
   * durable.
   * @returns where the copy was and is now; null when there is no such copy; a sentence when it is full, and nothing was added
   */
  add(keyHash: string, events: readonly StudyEvent[]): Promise<CopyMove | string | null> {
    return this.#inTurn(keyHash, () => this.#add(keyHash, events))
  }

  async #add(keyHash: string, events: readonly StudyEvent[]): Promise<CopyMove | string | null> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const state = await this.#state(keyHash)
      if (state === null) return null
      const before = cursorAt(state)
      const fresh = newEventsOf(events, state)
      const full = fresh.length === 0 ? null : whyFull(fresh, state)
      if (full !== null) return full
      const entries = fresh.map((event) => entryOf({ event }))
      if (this.#isAging(state)) entries.push(entryOf({ keptUntil: this.#renewed() }))
      if (entries.length > 0 && !(await this.#append(keyHash, before.number, entries))) continue
      const after = await this.#state(keyHash)
      if (after === null) return null
      await this.#erase(keyHash, after)
      // Others may have added something meanwhile: what this caller has is what it sent.
      const own = after.number === before.number + entries.length
      return { before, cursor: own ? cursorAt(after) : before }
    }
    throw new StorageUnavailable('The copy is changing all the time')
  }

  /** Deletes a copy. */
  remove(keyHash: string): Promise<void> {
    return this.#inTurn(keyHash, () => this.#remove(keyHash))
  }

  async #remove(keyHash: string): Promise<void> {
    await this.#deps.events.remove(PREFIX + keyHash)
    this.#states.forget(PREFIX + keyHash)
  }

  /** Deletes copies that weren't used for their lifetime. @param report receives the error of a copy that can't be read */
  async sweep(report: (error: unknown) => void): Promise<void> {
    const { events, lifetimeMs, time } = this.#deps
    for (const { stream, at } of await events.heads(PREFIX)) {
      // Whatever was written to recently was prolonged then.
      if (at + lifetimeMs * (1 - 2 * RENEWED_AFTER) > time.earliest()) continue
      await this.#sweepOne(stream.slice(PREFIX.length)).catch(report)
    }
  }

  async #sweepOne(keyHash: string): Promise<void> {
    const state = await this.#states.newest(PREFIX + keyHash)
    if (state !== null && this.#isExpired(state)) await this.remove(keyHash)
  }

  async #inTurn<Result>(keyHash: string, change: () => Promise<Result>): Promise<Result> {
    const mine = Promise.allSettled([this.#changing.get(keyHash)]).then(change)
    this.#changing.set(keyHash, mine)
    try {
      return await mine
    } finally {
      if (this.#changing.get(keyHash) === mine) this.#changing.delete(keyHash)
    }
  }

  async #erase(keyHash: string, state: CopyState): Promise<void> {
    const numbers = [...state.toErase]
    if (numbers.length === 0) return
    await this.#deps.events.erase(PREFIX + keyHash, numbers)
    for (const number of numbers) state.toErase.delete(number)
  }

  /** Prolongs a copy that is used, and erases what a kill kept from being erased. A full disk doesn't keep anyone from reading. */
  async #tidy(keyHash: string, state: CopyState): Promise<void> {
    try {
      if (this.#isAging(state))
        await this.#append(keyHash, state.number, [entryOf({ keptUntil: this.#renewed() })])
      await this.#erase(keyHash, state)
    } catch (error) {
      if (!(error instanceof StorageFull || error instanceof StorageUnavailable)) throw error
    }
  }

  #isAging({ keptUntil }: CopyState): boolean {
    return keptUntil < this.#renewed() - this.#deps.lifetimeMs * RENEWED_AFTER
  }

  #renewed(): number {
    return Math.floor(this.#deps.time.latest() + this.#deps.lifetimeMs)
  }

  #isExpired({ keptUntil }: CopyState): boolean {
    return keptUntil <= this.#deps.time.earliest()
  }

  /** @returns false when the stream has other entries than expected */
  async #append(keyHash: string, expected: number, entries: readonly Json[]): Promise<boolean> {
    try {
      await this.#deps.events.append(PREFIX + keyHash, expected, entries)
      return true
    } catch (error) {
      if (error instanceof StreamMoved) return false
      throw error
    }
  }

  /** With everything written before, on any instance. @returns null when there is no such copy, or it has expired */
  async #state(keyHash: string): Promise<CopyState | null> {
    const state = await this.#states.newest(PREFIX + keyHash)
    return state === null || this.#isExpired(state) ? null : state
  }
}

/** As many entries as a response takes, but at least one. */
function pageOf(entries: readonly NumberedEvent[]): NumberedEvent[] {
  let bytes = 0
  const fits = entries.findIndex(
    ({ data }, index) => (bytes += JSON.stringify(data).length) > COPY_LIMITS.pageBytes && index > 0,
  )
  return fits === -1 ? [...entries] : entries.slice(0, fits)
}
