import { z } from 'zod'
import { codeOf, type JoinCode } from '#contract/interview/code.ts'
import { Uuid } from '#contract/interview/identity.ts'
import type { EventLog, Json } from '../storage/event-log.ts'
import { StreamMoved } from '../storage/errors.ts'
import { readEvent } from '../storage/read-event.ts'

export const Entry = z.object({ interview: Uuid, room: Uuid, until: z.int() })
export type Entry = z.infer<typeof Entry>

const MAX_CACHED_SANDBOXES = 5_000
const MAX_TRIES = 20

/**
 * Which room a code or a sandbox belongs to. Each entry is a stream of one event, so two instances can't give the same code twice.
 * An entry stays valid until its room is deleted, and then no one looks it up.
 */
export class Lookups {
  readonly #events: EventLog
  readonly #random: () => Uint8Array
  /** A cache of sandboxes, read on every request to the twin; null for those without a room. Least recently used first. */
  readonly #sandboxes = new Map<string, Entry | null>()

  constructor(events: EventLog, random: () => Uint8Array = () => crypto.getRandomValues(new Uint8Array(32))) {
    this.#events = events
    this.#random = random
  }

  /** Reserves a code that no room has. */
  async takeCode(entry: Entry): Promise<JoinCode> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const code = codeOf(this.#random())
      if (await this.#enter(`code-${code}`, entry)) return code
    }
    throw new Error('no free join code was found')
  }

  roomOfCode(code: JoinCode): Promise<Entry | null> {
    return this.#find(`code-${code}`)
  }

  async bindSandbox(sandbox: string, entry: Entry): Promise<void> {
    await this.#enter(`box-${sandbox}`, entry)
    this.#keep(sandbox, entry)
  }

  async roomOfSandbox(sandbox: string): Promise<Entry | null> {
    const known = this.#sandboxes.get(sandbox)
    const entry = known === undefined ? await this.#find(`box-${sandbox}`) : known
    this.#keep(sandbox, entry)
    return entry
  }

  /** Makes the next lookup read the log again: another instance may have removed the entry. */
  forgetKnown(sandbox: string): void {
    this.#sandboxes.delete(sandbox)
  }

  async forget({ code, sandbox }: { code: string; sandbox: string | null }): Promise<void> {
    await this.#events.remove(`code-${code}`)
    if (sandbox === null) return
    await this.#events.remove(`box-${sandbox}`)
    this.#sandboxes.delete(sandbox)
  }

  /** Removes expired entries, such as those of rooms that were never completed. */
  async sweep(now: number): Promise<void> {
    for (const prefix of ['code-', 'box-']) {
      for (const { stream } of await this.#events.heads(prefix)) {
        const entry = await this.#find(stream)
        if (entry !== null && entry.until < now) await this.#events.remove(stream)
      }
    }
  }

  async #enter(stream: string, entry: Entry): Promise<boolean> {
    try {
      await this.#events.append(stream, 0, [entry as unknown as Json])
      return true
    } catch (error) {
      if (error instanceof StreamMoved) return false
      throw error
    }
  }

  async #find(stream: string): Promise<Entry | null> {
    const [first] = await this.#events.read(stream, 0)
    return first === undefined ? null : readEvent(Entry, first.data)
  }

  #keep(sandbox: string, entry: Entry | null): void {
    this.#sandboxes.delete(sandbox)
    this.#sandboxes.set(sandbox, entry)
    const [oldest] = this.#sandboxes.keys()
    if (this.#sandboxes.size > MAX_CACHED_SANDBOXES && oldest !== undefined) this.#sandboxes.delete(oldest)
  }
}
