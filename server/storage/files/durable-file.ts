import { dirname } from 'node:path'
import type { Adapter } from 'lowdb'
import { canFlushFolders, codeOf, type Disk } from './disk.ts'
import { decode, encode, NewerSchema } from './envelope.ts'
import { DamagedSandbox, StorageFull, StorageUnavailable } from '../errors.ts'
import type { Snapshot } from '../storage.ts'

export const TEMPORARY_SUFFIX = '.tmp'

/** The file was renamed into place, but the disk didn't confirm it: only reading it tells which version is there. */
export class Unconfirmed extends StorageUnavailable {
  override name = 'Unconfirmed'
}

/**
 * lowdb's adapter for one sandbox. A write happens completely or not at all, and it is on disk when it returns: written beside
 * the file, flushed, renamed over it, and the folder flushed, because a rename is only durable once its folder is.
 */
export class DurableFile implements Adapter<Snapshot> {
  readonly #file: string
  readonly #disk: Disk

  constructor(file: string, disk: Disk) {
    this.#file = file
    this.#disk = disk
  }

  /**
   * @returns null when there is no such file
   * @throws {DamagedSandbox | StorageUnavailable}
   */
  async read(): Promise<Snapshot | null> {
    const bytes = await this.#disk.readFile(this.#file).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return null
      throw storageError(error)
    })
    if (bytes === null) return null
    try {
      return decode(bytes)
    } catch (error) {
      throw new DamagedSandbox(this.#file, (error as Error).message, error instanceof NewerSchema)
    }
  }

  /** @throws {StorageFull | StorageUnavailable} with the file unchanged, or {Unconfirmed} */
  async write(snapshot: Snapshot): Promise<void> {
    const temporary = this.#file + TEMPORARY_SUFFIX
    try {
      await this.#fill(temporary, encode(snapshot))
      await this.#disk.rename(temporary, this.#file)
    } catch (error) {
      await this.#disk.unlink(temporary).catch(() => undefined)
      throw storageError(error)
    }
    await syncFolder(this.#disk, dirname(this.#file)).catch((error: unknown) => {
      throw new Unconfirmed(storageError(error).message, { cause: error })
    })
  }

  /**
   * Makes the version that is there durable, after a write that was {Unconfirmed}.
   * @throws {StorageFull | StorageUnavailable}
   */
  async confirm(): Promise<void> {
    await syncFolder(this.#disk, dirname(this.#file)).catch((error: unknown) => {
      throw storageError(error)
    })
  }

  async #fill(file: string, text: string): Promise<void> {
    const handle = await this.#disk.open(file, 'w', 0o600)
    try {
      await handle.writeFile(text)
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }
}

/** Creates a folder unless it exists. */
export async function ensureFolder(disk: Disk, folder: string): Promise<void> {
  await disk.mkdir(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error
  })
}

/** Creates a folder durably. Its parent is flushed even when the folder exists: another request may just have created it. */
export async function makeFolder(disk: Disk, folder: string): Promise<void> {
  await ensureFolder(disk, folder)
  await syncFolder(disk, dirname(folder))
}

/** Flushes all parents of a folder that may be new itself, except those that this process may not open. */
export async function syncPath(disk: Disk, folder: string): Promise<void> {
  for (let above = dirname(folder); above !== folder; [folder, above] = [above, dirname(above)]) {
    await syncFolder(disk, above).catch(() => undefined)
  }
}

/** The storage's own error for an error of the file system. */
export function storageError(error: unknown): Error {
  if (error instanceof StorageFull || error instanceof StorageUnavailable) return error
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new StorageFull('There is no space left on the disk', { cause: error })
  }
  if (code === 'ELOOP') {
    const { path = 'A file' } = error as NodeJS.ErrnoException
    const what = `${path} is a symbolic link, which a write would replace: put the file itself in its place`
    return new StorageUnavailable(what, { cause: error })
  }
  const path = (error as NodeJS.ErrnoException | null)?.path
  if ((code === 'EACCES' || code === 'EPERM') && path !== undefined) {
    const what = `${path} may not be read or written by this user (${code}): make the user who runs Viva its owner`
    return new StorageUnavailable(what, { cause: error })
  }
  return new StorageUnavailable(`The disk failed (${code ?? String(error)})`, { cause: error })
}

/** Flushes the names in a folder, where that is possible: on Windows a rename is as safe as the journal of NTFS. */
export async function syncFolder(
  disk: Disk,
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  if (!canFlushFolders(platform)) return
  const handle = await disk.open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
