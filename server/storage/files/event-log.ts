import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { codeOf, type Disk } from './disk.ts'
import { storageError, syncFolder, TEMPORARY_SUFFIX } from './durable-file.ts'
import { STREAM_NAME, type EventLog, type Json, type NumberedEvent, type StreamHead } from '../event-log.ts'
import { FileStream } from './stream.ts'
import { Watchers, type Watcher } from '../watchers.ts'

/** A stream that no one watches or reads leaves memory after this time. */
const IDLE_MS = 60_000
export const STREAM_SUFFIX = '.jsonl'

interface Opened {
  opening: Promise<FileStream>
  /** Set once it is open. */
  stream?: FileStream
  usedAt: number
}

/** Keeps each stream in its own file under `root`, for this process alone. */
export class FileEventLog implements EventLog {
  readonly #root: string
  readonly #disk: Disk
  /** Throws when the storage must not be used. */
  readonly #check: () => void
  readonly #backups: { forget: (stream: string) => Promise<void> }
  /** In the order of their last use, including those being opened: two objects for the same file would disagree. */
  readonly #open = new Map<string, Opened>()
  readonly #watchers = new Watchers()

  /** @param backups from which streams are deleted when they are removed, or something in them is erased */
  constructor(
    root: string,
    disk: Disk,
    check: () => void = () => undefined,
    backups = { forget: (_stream: string) => Promise.resolve() },
  ) {
    this.#root = root
    this.#disk = disk
    this.#check = check
    this.#backups = backups
  }

  async append(stream: string, expected: number, data: readonly Json[]): Promise<number> {
    const newest = await (await this.#stream(stream)).append(expected, [{ data }])
    if (data.length > 0) this.#watchers.notify(stream, newest)
    return newest
  }

  async read(stream: string, after: number): Promise<NumberedEvent[]> {
    return (await this.#stream(stream)).read(after)
  }

  watch(stream: string, listener: Watcher): () => void {
    return this.#watchers.add(stream, listener)
  }

  async erase(stream: string, numbers: readonly number[]): Promise<void> {
    const opened = await this.#stream(stream)
    // Before it, so that a crash leaves no backup with what is erased; after it, for one that was made meanwhile.
    await this.#forgetBackups(stream)
    await opened.erase(numbers)
    await this.#forgetBackups(stream)
  }

  async remove(stream: string): Promise<void> {
    const file = this.#fileOf(stream)
    // A damaged stream can't be opened, but it can still be removed.
    await (await this.#stream(stream).catch(() => undefined))?.end()
    try {
      // What an erasure left behind that a kill cut short.
      await this.#disk.unlink(file + TEMPORARY_SUFFIX).catch(() => undefined)
      await this.#disk.unlink(file)
      await syncFolder(this.#disk, dirname(file))
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw storageError(error)
    } finally {
      this.#open.delete(stream)
    }
    await this.#forgetBackups(stream)
    this.#watchers.notify(stream)
  }

  async heads(prefix: string): Promise<StreamHead[]> {
    const heads: StreamHead[] = []
    for (const { stream, file } of await this.#files(prefix)) {
      const { mtimeMs } = await this.#disk.stat(file)
      heads.push({ stream, at: Math.floor(mtimeMs) })
    }
    return heads
  }

  async restore(stream: string, events: readonly NumberedEvent[]): Promise<void> {
    const entries = events.map(({ at, data }) => ({ at, data: [data] }))
    await (await this.#stream(stream)).append((events[0]?.number ?? 1) - 1, entries)
    this.#watchers.notify(stream)
  }

  /** Waits for running appends. */
  async close(): Promise<void> {
    const streams = await Promise.allSettled([...this.#open.values()].map(({ opening }) => opening))
    await Promise.all(streams.map(async (each) => each.status === 'fulfilled' && each.value.settled()))
  }

  async #forgetBackups(stream: string): Promise<void> {
    await this.#backups.forget(stream).catch((error: unknown) => {
      throw storageError(error)
    })
  }

  async #stream(name: string): Promise<FileStream> {
    this.#check()
    const opened = this.#open.get(name) ?? { opening: this.#begin(name), usedAt: 0 }
    this.#open.delete(name)
    this.#open.set(name, opened)
    opened.usedAt = Date.now()
    this.#closeIdle()
    return (opened.stream = await opened.opening)
  }

  #begin(name: string): Promise<FileStream> {
    const opening = FileStream.open(this.#fileOf(name), this.#disk)
    opening.catch(() => this.#open.delete(name))
    return opening
  }

  #closeIdle(): void {
    for (const [name, { stream, usedAt }] of this.#open) {
      if (usedAt > Date.now() - IDLE_MS) return
      if (stream && !stream.busy && !this.#watchers.has(name)) this.#open.delete(name)
    }
  }

  async #files(prefix: string): Promise<{ stream: string; file: string }[]> {
    this.#check()
    const names = async (folder: string) =>
      this.#disk.readdir(folder).catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return []
        throw storageError(error)
      })
    const files: { stream: string; file: string }[] = []
    for (const folder of await names(this.#root)) {
      for (const name of await names(join(this.#root, folder))) {
        const stream = name.slice(0, -STREAM_SUFFIX.length)
        if (name.endsWith(STREAM_SUFFIX) && stream.startsWith(prefix)) {
          files.push({ stream, file: join(this.#root, folder, name) })
        }
      }
    }
    return files
  }

  #fileOf(stream: string): string {
    if (!STREAM_NAME.test(stream))
      throw new Error('The name of a stream consists of letters, digits and hyphens')
    return streamFile(this.#root, stream)
  }
}

/** Path of a stream's file: streams are spread over 256 folders. */
export function streamFile(root: string, stream: string): string {
  const folder = createHash('sha256').update(stream).digest('hex').slice(0, 2)
  return join(root, folder, stream + STREAM_SUFFIX)
}
