import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { Backups } from './backups.ts'
import { prepareDataFolder, readSavedTime, saveTime, tryWriting } from './data-folder.ts'
import { guardedDisk, realDisk, type Disk } from './disk.ts'
import { DurableFile, makeFolder, storageError } from './durable-file.ts'
import { StorageUnavailable } from '../errors.ts'
import { lockFolder, type FolderLock } from './folder-lock.ts'
import { FileEventLog } from './event-log.ts'
import { FileSandbox } from './sandbox.ts'
import { TrustedTime, systemClock, type Clock } from '../trusted-time.ts'
import { LoadedSandboxes, type Loaded } from './loaded-sandboxes.ts'
import { removeUnusedFile, sandboxFile, untouchedSince } from './sandbox-files.ts'
import { seeded, usageOf } from '../snapshot.ts'
import { DEFAULT_SANDBOX, newSandboxId, SANDBOX_ID } from '../storage.ts'
import type { ArchivedSandbox, Instances, NewUserRow, SandboxStore, Storage } from '../storage.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** An unused sandbox is removed after this time, unless the operator sets another. */
export const SANDBOX_LIFETIME_MS = 30 * DAY_MS

export interface FileStorageOptions {
  /** An absolute path; the folder exists and is writable. */
  dataDir: string
  /** Rows of a new sandbox; they get the ids 1, 2, 3, … */
  seed: readonly NewUserRow[]
  /** An unused sandbox is removed after this time. */
  lifetimeMs?: number
  disk?: Disk
  clock?: Clock
}

/**
 * Opens a storage that keeps each sandbox in its own JSON file under `dataDir`, for this process alone.
 * @throws {DataFolderInUse | StorageFull | StorageUnavailable}
 */
export async function openFiles(options: FileStorageOptions): Promise<Storage> {
  const { dataDir, disk = realDisk, clock = systemClock } = options
  const lock = await lockFolder(dataDir)
  const time = new TrustedTime(clock, await readSavedTime(dataDir, disk))
  const storage = new FileStorage(options, lock, time)
  await storage.begin().catch((error: unknown) => {
    lock.release()
    throw storageError(error)
  })
  return storage
}

class FileStorage implements Storage {
  readonly events: FileEventLog
  readonly instances: Instances
  readonly time: TrustedTime
  readonly #dataDir: string
  readonly #root: string
  readonly #seed: readonly NewUserRow[]
  readonly #disk: Disk
  readonly #backups: Backups
  readonly #lifetimeMs: number
  readonly #lock: FolderLock
  readonly #loaded = new LoadedSandboxes()
  /** Sandboxes that are being read, created or removed: other callers wait for the same promise. */
  readonly #moving = new Map<string, Promise<Loaded | null>>()
  #housekeeping: NodeJS.Timeout | undefined
  /** The hourly housekeeping, while it is running. */
  #hourly: Promise<void> | undefined
  #closed = false

  constructor(
    { dataDir, seed, disk = realDisk, lifetimeMs = SANDBOX_LIFETIME_MS }: FileStorageOptions,
    lock: FolderLock,
    time: TrustedTime,
  ) {
    this.time = time
    this.#dataDir = dataDir
    this.#root = join(dataDir, 'sandboxes')
    this.#lock = lock
    this.#disk = guardedDisk(disk, () => lock.assertHeld())
    this.#backups = new Backups(dataDir, this.#disk)
    const check = (): void => this.#checkOpen()
    this.events = new FileEventLog(join(dataDir, 'events'), this.#disk, check, this.#backups.streams)
    const me = randomUUID()
    this.instances = { me, alive: async () => new Set([me]) }
    this.#seed = seed
    this.#lifetimeMs = lifetimeMs
  }

  async begin(): Promise<void> {
    await prepareDataFolder(this.#dataDir, this.#disk)
    let minutes = 0
    this.#housekeeping = setInterval(() => {
      this.#loaded.unloadIdle()
      this.time.look()
      if (minutes++ % 60 === 0) this.#hourly ??= this.#keepHouse()
    }, MINUTE_MS)
    this.#housekeeping.unref()
  }

  async sandbox(id: string): Promise<SandboxStore | null> {
    return SANDBOX_ID.test(id) && (await this.#find(id)) ? this.#store(id) : null
  }

  async create(): Promise<SandboxStore> {
    const id = newSandboxId()
    await this.#move(id, () => this.#make(id))
    return this.#store(id)
  }

  async sandboxIds(): Promise<string[]> {
    this.#checkOpen()
    return (await untouchedSince(Infinity, this.#root, this.#disk)).sort()
  }

  async restore({ id, snapshot }: ArchivedSandbox): Promise<void> {
    const loaded = (await this.#find(id)) ?? (await this.#move(id, () => this.#make(id)))
    await loaded?.sandbox.replace(snapshot)
  }

  async ready(): Promise<void> {
    this.#checkOpen()
    await tryWriting(this.#dataDir, this.#disk)
  }

  async close(): Promise<void> {
    this.#closed = true
    clearInterval(this.#housekeeping)
    await this.#hourly
    await this.#saveTime().catch(() => undefined)
    await Promise.allSettled(this.#moving.values())
    await Promise.all([this.#loaded.close(), this.events.close()])
    this.#lock.release()
  }

  /** The store holds no state, so a sandbox can leave memory while someone keeps its store. */
  #store(id: string): SandboxStore {
    const loaded = async () => {
      const found = await this.#find(id)
      if (found === null)
        throw new StorageUnavailable('This sandbox was removed because it had not been used for a long time')
      return found.sandbox
    }
    return {
      id,
      read: async () => (await loaded()).committed(),
      transact: async (change) => (await loaded()).transact(change).finally(() => this.#written(id)),
      reset: async () => (await loaded()).replace(seeded(this.#seed)).finally(() => this.#written(id)),
      usage: async () => usageOf(await (await loaded()).committed()),
    }
  }

  async #find(id: string): Promise<Loaded | null> {
    this.#checkOpen()
    const loaded = this.#loaded.get(id)
    if (loaded === undefined) return this.#moving.get(id) ?? this.#move(id, () => this.#load(id))
    if (loaded.usedAt - loaded.touchedAt > DAY_MS) this.#touch(id, loaded)
    return loaded
  }

  async #load(id: string): Promise<Loaded | null> {
    const file = this.#fileOf(id)
    const snapshot = await file.read()
    if (snapshot === null) return id === DEFAULT_SANDBOX ? this.#make(id) : null
    const loaded = this.#loaded.keep(id, new FileSandbox(file, snapshot))
    this.#touch(id, loaded)
    return loaded
  }

  async #make(id: string): Promise<Loaded> {
    const snapshot = seeded(this.#seed)
    await makeFolder(this.#disk, sandboxFile(this.#root, id).folder).catch((error: unknown) => {
      throw storageError(error)
    })
    await this.#fileOf(id).write(snapshot)
    const loaded = this.#loaded.keep(id, new FileSandbox(this.#fileOf(id), snapshot))
    this.#written(id)
    return loaded
  }

  async #move(id: string, work: () => Promise<Loaded | null>): Promise<Loaded | null> {
    const moving = work().finally(() => this.#moving.delete(id))
    this.#moving.set(id, moving)
    return moving
  }

  async #keepHouse(): Promise<void> {
    const chores = [
      () => this.#backups.make(this.time.earliest(), () => !this.#closed),
      () => this.#removeUnused(),
      () => this.#backups.prune(this.time.earliest()),
      () => this.#saveTime(),
    ]
    for (const chore of chores) {
      // When the disk fails here, the next request fails as well, and reports it.
      if (!this.#closed) await chore().catch(() => undefined)
    }
    this.#hourly = undefined
  }

  async #removeUnused(): Promise<void> {
    const moment = this.time.earliest() - this.#lifetimeMs
    for (const id of await untouchedSince(moment, this.#root, this.#disk)) {
      if (this.#closed || id === DEFAULT_SANDBOX || this.#loaded.has(id) || this.#moving.has(id)) continue
      const removal = this.#move(id, async () => {
        await this.#remove(id, moment)
        return null
      })
      // One that can't be removed doesn't keep the others on disk.
      await removal.catch(() => undefined)
    }
  }

  async #remove(id: string, moment: number): Promise<void> {
    const backUp = () =>
      this.#backups.backUp(id, this.time.earliest()).catch((error: unknown) => {
        // When there is no space for a backup, removing the sandbox makes some.
        if (error instanceof StorageUnavailable) throw error
      })
    await removeUnusedFile(sandboxFile(this.#root, id).file, moment, this.#disk, backUp)
    await this.#backups.forget(id)
  }

  /** A file's time records when its sandbox was last used; a day's precision is enough. */
  #touch(id: string, loaded: Loaded): void {
    const now = new Date(this.time.latest())
    loaded.touchedAt = Date.now()
    void this.#disk.utimes(sandboxFile(this.#root, id).file, now, now).catch(() => undefined)
  }

  /** A written file gets the time of the system's clock: if that clock is behind, the sandbox would soon look unused. */
  #written(id: string): void {
    const loaded = this.#loaded.get(id)
    if (loaded && this.time.latest() - Date.now() > MINUTE_MS) this.#touch(id, loaded)
  }

  #saveTime(): Promise<void> {
    return saveTime(this.#dataDir, this.time.current, this.#disk)
  }

  #fileOf(id: string): DurableFile {
    return new DurableFile(sandboxFile(this.#root, id).file, this.#disk)
  }

  #checkOpen(): void {
    if (this.#closed) throw new StorageUnavailable('The storage is closed')
    if (!this.#lock.held()) this.#lock.assertHeld()
  }
}
