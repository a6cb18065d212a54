import { dirname } from 'node:path'
import { codeOf, type Disk } from './disk.ts'
import { makeFolder, storageError, syncFolder, TEMPORARY_SUFFIX } from './durable-file.ts'
import { decodeLines, encodeEvents, encodeLine } from './event-lines.ts'
import { GroupCommit } from './group-commit.ts'
import type { Json, NumberedEvent } from '../event-log.ts'
import { DamagedStream, StreamMoved } from '../errors.ts'

/** How many of the newest events stay in memory, for readers that follow. */
const MAX_RECENT_EVENTS = 200

/** Events that are appended together. `at` is only set for events from another storage; otherwise it is now. */
export interface Entry {
  at?: string
  data: readonly Json[]
}

interface Append {
  expected: number
  entries: readonly Entry[]
}

/** Numbers of events whose content is erased. */
type Erasure = ReadonlySet<number>

/** One stream in a file that only grows. Appends that arrive while another is being written share the next write. */
export class FileStream {
  readonly #file: string
  readonly #disk: Disk
  #recent: NumberedEvent[] = []
  #newest = 0
  /** Length of the file up to the last acknowledged event, in bytes. */
  #length = 0
  /** A write failed, so the file may hold bytes that were never acknowledged. */
  #unsure = false
  readonly #changes = new GroupCommit((changes: readonly (Append | Erasure)[]) => this.#change(changes))
  #ended = false

  private constructor(file: string, disk: Disk) {
    this.#file = file
    this.#disk = disk
  }

  /** @throws {DamagedStream | StorageUnavailable} */
  static async open(file: string, disk: Disk): Promise<FileStream> {
    const stream = new FileStream(file, disk)
    await stream.#load()
    return stream
  }

  /** Whether an append or an erasure is running or waiting. */
  get busy(): boolean {
    return this.#changes.busy
  }

  append(expected: number, entries: readonly Entry[]): Promise<number> {
    return this.#changes.add({ expected, entries })
  }

  /** Replaces the content of these events by null. */
  async erase(numbers: readonly number[]): Promise<void> {
    await this.#changes.add(new Set(numbers))
  }

  async read(after: number): Promise<NumberedEvent[]> {
    const newest = this.#newest
    if (after >= newest) return []
    const first = this.#recent[0]?.number ?? Infinity
    if (after + 1 >= first) return this.#recent.filter(({ number }) => number > after && number <= newest)
    const { events } = await this.#decode()
    return events.slice(after, newest)
  }

  /** Refuses new appends and waits for running ones: the file is about to be removed. */
  async end(): Promise<void> {
    this.#ended = true
    await this.settled()
  }

  /** Resolves when no append and no erasure is running or waiting. */
  async settled(): Promise<void> {
    await this.#changes.settled()
  }

  /** Appends first, in one write; erasures after it, in another. */
  async #change(changes: readonly (Append | Erasure)[]): Promise<PromiseSettledResult<number>[]> {
    const appends = changes.filter((change) => 'expected' in change)
    const erased = new Set(changes.flatMap((change) => ('expected' in change ? [] : [...change])))
    const appended = await this.#appendTogether(appends)
    const erasing: PromiseSettledResult<number> =
      erased.size === 0
        ? { status: 'fulfilled', value: this.#newest }
        : await this.#rewriteWithout(erased).then(
            () => ({ status: 'fulfilled', value: this.#newest }),
            (reason: unknown) => ({ status: 'rejected', reason }),
          )
    return changes.map((change) => ('expected' in change ? (appended.shift() ?? erasing) : erasing))
  }

  async #appendTogether(appends: readonly Append[]): Promise<PromiseSettledResult<number>[]> {
    if (this.#unsure) await this.#load()
    const now = new Date().toISOString()
    const fresh: NumberedEvent[] = []
    const results: PromiseSettledResult<number>[] = []
    let text = ''
    for (const { expected, entries } of appends) {
      let newest = this.#newest + fresh.length
      if (this.#ended || expected !== newest) {
        results.push({ status: 'rejected', reason: new StreamMoved(this.#file) })
        continue
      }
      for (const { at = now, data } of entries) {
        if (data.length > 0) text += encodeLine({ first: newest + 1, at, data })
        for (const each of data) fresh.push({ number: (newest += 1), at, data: each })
      }
      results.push({ status: 'fulfilled', value: newest })
    }
    if (text !== '') await this.#write(text)
    this.#newest += fresh.length
    this.#recent = [...this.#recent, ...fresh].slice(-MAX_RECENT_EVENTS)
    return results
  }

  async #write(text: string): Promise<void> {
    try {
      if (this.#length === 0) await this.#makeFolders()
      await this.#toEnd(text)
      if (this.#length === 0) await syncFolder(this.#disk, dirname(this.#file))
    } catch (error) {
      this.#unsure = true
      await this.#cut(this.#length).catch(() => undefined)
      throw storageError(error)
    }
    this.#length += Buffer.byteLength(text)
  }

  /** Puts a file without the content of these events in place of the old one, as a whole or not at all. */
  async #rewriteWithout(erased: Erasure): Promise<void> {
    if (this.#ended) return
    const without = (event: NumberedEvent): NumberedEvent =>
      erased.has(event.number) ? { ...event, data: null } : event
    const { events } = await this.#decode()
    if (!events.some(({ number, data }) => erased.has(number) && data !== null)) return
    const text = encodeEvents(events.map(without))
    const temporary = this.#file + TEMPORARY_SUFFIX
    try {
      await this.#fill(temporary, 'w', text)
      await this.#disk.rename(temporary, this.#file)
    } catch (error) {
      await this.#disk.unlink(temporary).catch(() => undefined)
      throw storageError(error)
    }
    this.#length = Buffer.byteLength(text)
    this.#recent = this.#recent.map(without)
    await syncFolder(this.#disk, dirname(this.#file)).catch((error: unknown) => {
      throw storageError(error)
    })
  }

  async #makeFolders(): Promise<void> {
    const folder = dirname(this.#file)
    await makeFolder(this.#disk, folder).catch(async (error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
      await makeFolder(this.#disk, dirname(folder))
      await makeFolder(this.#disk, folder)
    })
  }

  #toEnd(text: string): Promise<void> {
    return this.#fill(this.#file, 'a', text)
  }

  async #fill(file: string, flags: 'a' | 'w', text: string): Promise<void> {
    const handle = await this.#disk.open(file, flags, 0o600)
    try {
      await handle.writeFile(text)
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }

  /** Removes what was not acknowledged, so that the next line starts where the last complete one ended. */
  async #cut(length: number): Promise<void> {
    const handle = await this.#disk.open(this.#file, 'r+')
    try {
      await handle.truncate(length)
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }

  async #load(): Promise<void> {
    const { events, whole, unended, size } = await this.#decode()
    try {
      if (size > whole) await this.#cut(whole)
      if (unended) await this.#toEnd('\n')
    } catch (error) {
      throw storageError(error)
    }
    this.#newest = events.length
    this.#recent = events.slice(-MAX_RECENT_EVENTS)
    this.#length = unended ? whole + 1 : whole
    this.#unsure = false
  }

  async #decode() {
    const bytes = await this.#disk.readFile(this.#file).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return Buffer.alloc(0)
      throw storageError(error)
    })
    try {
      return { ...decodeLines(Buffer.from(bytes)), size: bytes.length }
    } catch (error) {
      throw new DamagedStream(this.#file, (error as Error).message)
    }
  }
}
