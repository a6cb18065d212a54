import { dirname, join } from 'node:path'
import { codeOf, type Disk } from './disk.ts'
import { ensureFolder, storageError, TEMPORARY_SUFFIX } from './durable-file.ts'
import { DamagedStream, StorageFull } from '../errors.ts'
import { soundLines } from './event-lines.ts'
import { STREAM_NAME } from '../event-log.ts'
import { STREAM_SUFFIX, streamFile } from './event-log.ts'
import { storageNumbers } from './numbers.ts'
import { freeBytesOf } from './free-disk.ts'
import { namesIn } from './sandbox-files.ts'

/** This much of the disk stays free for what people write: a backup is never what fills it. */
const RESERVE_BYTES = 100 * 2 ** 20

/**
 * Backups of streams under `dataDir/backups/events/`: of each stream that exists one copy, with all the events it had when it was last
 * copied. A stream only grows, so its newest intact copy contains all older ones. A copy that isn't the beginning of its stream any
 * more, or has none, goes to the folder of the hour (see `Backups`), and with that after 24 hours.
 */
export class StreamBackups {
  readonly #dataDir: string
  readonly #disk: Disk
  readonly #freeBytes: (folder: string) => Promise<number>

  /** @param freeBytes how many bytes this user may still write */
  constructor(dataDir: string, disk: Disk, freeBytes = freeBytesOf) {
    this.#dataDir = dataDir
    this.#disk = disk
    this.#freeBytes = freeBytes
  }

  /**
   * Copies every stream that changed since its last copy, except damaged ones. Ends when the disk is almost full.
   * @param now names the hour of copies that are put away
   * @param shouldContinue called before each; when it returns false, this ends
   */
  async make(now: number, shouldContinue: () => boolean = () => true): Promise<void> {
    let isComplete = true
    const hour = new Date(now).toISOString().slice(0, 13)
    for (const stream of await this.#streamsIn(this.#events)) {
      if (!shouldContinue()) return
      try {
        await this.#copy(stream, hour)
      } catch (error) {
        isComplete &&= error instanceof DamagedStream
        if (storageError(error) instanceof StorageFull) break
      }
    }
    for (const stream of await this.#streamsIn(this.#copies)) {
      if (!shouldContinue()) return
      if ((await this.#stat(this.#fileOf(stream))) === undefined) await this.#putAway(stream, hour)
    }
    if (isComplete) storageNumbers.streamsBackedUpAt = Date.now()
  }

  /** Deletes the copy of a stream that is being removed, or whose content is being erased. */
  async forget(stream: string): Promise<void> {
    for (const file of await this.list(stream)) await this.#unlink(file)
    await this.#unlink(this.#copyOf(stream) + TEMPORARY_SUFFIX)
  }

  /** All copies of a stream, newest first; some may be damaged. */
  async list(stream: string): Promise<string[]> {
    const hours = (await namesIn(this.#folder, this.#disk)).filter((name) => /^\d/.test(name)).sort()
    const files = hours.map((hour) => this.#awayFile(stream, hour)).reverse()
    const found: string[] = []
    for (const file of [this.#copyOf(stream), ...files])
      if ((await this.#stat(file)) !== undefined) found.push(file)
    return found
  }

  /** Streams that are gone, though no one removed them, and of which there is a copy. */
  async orphans(): Promise<string[]> {
    const names = new Set(await this.#streamsIn(this.#copies))
    for (const hour of await namesIn(this.#folder, this.#disk)) {
      if (!/^\d/.test(hour)) continue
      for (const name of await namesIn(join(this.#folder, hour), this.#disk))
        if (name.endsWith(STREAM_SUFFIX)) names.add(name.slice(0, -STREAM_SUFFIX.length))
    }
    const gone: string[] = []
    for (const stream of [...names].sort())
      if (STREAM_NAME.test(stream) && (await this.#stat(this.#fileOf(stream))) === undefined)
        gone.push(stream)
    return gone
  }

  get #folder(): string {
    return join(this.#dataDir, 'backups')
  }

  get #copies(): string {
    return join(this.#folder, 'events')
  }

  get #events(): string {
    return join(this.#dataDir, 'events')
  }

  #fileOf(stream: string): string {
    return streamFile(this.#events, stream)
  }

  #copyOf(stream: string): string {
    return streamFile(this.#copies, stream)
  }

  #awayFile(stream: string, hour: string): string {
    return join(this.#folder, hour, stream + STREAM_SUFFIX)
  }

  async #copy(stream: string, hour: string): Promise<void> {
    const [file, copy] = [this.#fileOf(stream), this.#copyOf(stream)]
    const now = await this.#disk.stat(file)
    const then = await this.#stat(copy)
    if (now.size === 0 || (then !== undefined && isSame(then, now))) return
    if ((await this.#freeBytes(this.#dataDir).catch(() => Infinity)) < RESERVE_BYTES + now.size)
      throw new StorageFull('The disk is almost full')
    const bytes = Buffer.from(await this.#disk.readFile(file))
    const { whole, unended, fault } = soundLines(bytes)
    if (fault !== undefined) throw new DamagedStream(file, fault)
    const text = bytes.subarray(0, whole).toString() + (unended ? '\n' : '')
    if (then !== undefined && !text.startsWith(Buffer.from(await this.#disk.readFile(copy)).toString()))
      await this.#putAway(stream, hour)
    await this.#write(copy, text, now.mtimeMs)
    // Erased or removed meanwhile: then the copy has what must be forgotten.
    if ((await this.#stat(file))?.ino !== now.ino) await this.forget(stream)
  }

  /** Puts the whole copy in the place of the previous one, so that a crash leaves one of them. */
  async #write(copy: string, text: string, mtimeMs: number): Promise<void> {
    const temporary = copy + TEMPORARY_SUFFIX
    for (const folder of [this.#folder, this.#copies, dirname(copy)]) await ensureFolder(this.#disk, folder)
    try {
      const handle = await this.#disk.open(temporary, 'w', 0o600)
      try {
        await handle.writeFile(text)
        await handle.datasync()
      } finally {
        await handle.close()
      }
      const time = new Date(mtimeMs)
      await this.#disk.utimes(temporary, time, time)
      await this.#disk.rename(temporary, copy)
    } catch (error) {
      await this.#unlink(temporary)
      throw error
    }
  }

  async #putAway(stream: string, hour: string): Promise<void> {
    await ensureFolder(this.#disk, join(this.#folder, hour))
    await this.#disk.rename(this.#copyOf(stream), this.#awayFile(stream, hour))
  }

  async #streamsIn(root: string): Promise<string[]> {
    const streams: string[] = []
    for (const folder of (await namesIn(root, this.#disk)).sort()) {
      for (const name of (await namesIn(join(root, folder), this.#disk)).sort()) {
        const stream = name.slice(0, -STREAM_SUFFIX.length)
        if (name.endsWith(STREAM_SUFFIX) && STREAM_NAME.test(stream)) streams.push(stream)
      }
    }
    return streams
  }

  async #stat(file: string): Promise<{ mtimeMs: number; ino: number; size: number } | undefined> {
    return this.#disk.stat(file).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return undefined
      throw error
    })
  }

  async #unlink(file: string): Promise<void> {
    await this.#disk.unlink(file).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
    })
  }
}

/** Whether a copy is that of a file: it got the file's time, as precisely as times can be set. */
function isSame(copy: { mtimeMs: number; size: number }, file: { mtimeMs: number; size: number }): boolean {
  return copy.size === file.size && Math.abs(copy.mtimeMs - file.mtimeMs) < 2
}
