import { dirname } from 'node:path'
import { codeOf, type Disk } from './disk.ts'
import { makeFolder, storageError, syncFolder } from './durable-file.ts'
import { decodeLines, encodeLine } from './event-lines.ts'
import { GroupCommit } from './group-commit.ts'
import type { Json, NumberedEvent } from '../event-log.ts'
import { DamagedStream, StreamMoved } from '../errors.ts'

/** How many of the newest events stay in memory, for those who follow. */
const RECENT = 200

/** Events that come together; their moment is now unless they come from elsewhere. */
export interface Entry {
  at?: string
  data: readonly Json[]
}

interface Append {
  expected: number
  entries: readonly Entry[]
}

/** One stream in a file that only grows. Appends that arrive while another is being written share the next write. */
export class JsonStream {
  readonly #file: string
  readonly #disk: Disk
  #recent: NumberedEvent[] = []
  #newest = 0
  /** Bytes that are on disk and acknowledged. */
  #length = 0
  /** Bytes of which nobody knows whether they stand in the file. */
  #unsure = false
  readonly #appends = new GroupCommit((appends: readonly Append[]) => this.#appendTogether(appends))
  #ended = false

  private constructor(file: string, disk: Disk) {
    this.#file = file
    this.#disk = disk
  }

  /** @throws {DamagedStream | StorageUnavailable} */
  static async open(file: string, disk: Disk): Promise<JsonStream> {
    const stream = new JsonStream(file, disk)
    await stream.#load()
    return stream
  }

  /** Whether an append runs or waits. */
  get busy(): boolean {
    return this.#appends.busy
  }

  append(expected: number, entries: readonly Entry[]): Promise<number> {
    return this.#appends.add({ expected, entries })
  }

  async read(after: number): Promise<NumberedEvent[]> {
    const newest = this.#newest
    if (after >= newest) return []
    const first = this.#recent[0]?.number ?? Infinity
    if (after + 1 >= first) return this.#recent.filter(({ number }) => number > after && number <= newest)
    const { events } = await this.#decode()
    return events.slice(after, newest)
  }

  /** Takes nothing more, and waits for what runs: the file is going to be removed. */
  async end(): Promise<void> {
    this.#ended = true
    await this.settled()
  }

  /** Resolves when nothing runs and nothing waits. */
  async settled(): Promise<void> {
    await this.#appends.settled()
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
    this.#recent = [...this.#recent, ...fresh].slice(-RECENT)
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

  async #makeFolders(): Promise<void> {
    const folder = dirname(this.#file)
    await makeFolder(this.#disk, folder).catch(async (error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
      await makeFolder(this.#disk, dirname(folder))
      await makeFolder(this.#disk, folder)
    })
  }

  async #toEnd(text: string): Promise<void> {
    const handle = await this.#disk.open(this.#file, 'a', 0o600)
    try {
      await handle.writeFile(text)
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }

  /** Takes away what was not acknowledged, so that the next line begins where the last whole one ended. */
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
    this.#recent = events.slice(-RECENT)
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
