import { join } from 'node:path'
import { codeOf, type Disk } from './disk.ts'
import { DurableFile, ensureFolder } from './durable-file.ts'
import { DamagedSandbox } from '../errors.ts'
import { namesIn, sandboxFile, touchedSince } from './sandbox-files.ts'
import { StreamBackups } from './stream-backups.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long a backup stays in the folder of its hour. */
const RETENTION_HOURS = 24

/** Holds, for every sandbox that still exists, its newest backup from before those hours. */
const OLDER_FOLDER = 'older'

/** An empty file; its time tells up to when every change has been backed up. */
const COMPLETE_MARKER = 'complete'

const HOUR_NAME = /^\d{4}-\d\d-\d\dT\d\d$/

/**
 * Backups of the sandboxes under `dataDir/backups/<hour>/`, hours in UTC. A backup is a hard link to the file: a commit replaces
 * the file and never changes it. So a backup takes no space until the next commit. It protects against anything that replaces or
 * removes the file, but not against a disk that corrupts the one file that both names refer to.
 */
export class Backups {
  readonly #dataDir: string
  readonly #disk: Disk
  readonly streams: StreamBackups

  constructor(dataDir: string, disk: Disk) {
    this.#dataDir = dataDir
    this.#disk = disk
    this.streams = new StreamBackups(dataDir, disk)
  }

  /**
   * Backs up every sandbox and every stream that changed since the last time, except damaged ones.
   * @param shouldContinue called before each; when it returns false, this ends and the next run starts from the same point
   */
  async make(now: number, shouldContinue: () => boolean = () => true): Promise<void> {
    let failed = false
    for (const id of await touchedSince(await this.#completeUntil(now), this.#sandboxes, this.#disk)) {
      if (!shouldContinue()) return
      await this.backUp(id, now).catch((error: unknown) => (failed ||= !(error instanceof DamagedSandbox)))
    }
    if (!failed) await this.#complete(now)
    await this.streams.make(now, shouldContinue)
  }

  /**
   * Backs up one sandbox under this hour, replacing an earlier backup of the same hour.
   * @throws {DamagedSandbox | StorageUnavailable} when the sandbox can't be read; then there is no new backup
   */
  async backUp(id: string, now: number): Promise<void> {
    const { file } = sandboxFile(this.#sandboxes, id)
    await new DurableFile(file, this.#disk).read()
    const folder = join(this.#folder, new Date(now).toISOString().slice(0, 13))
    await ensureFolder(this.#disk, this.#folder)
    await ensureFolder(this.#disk, folder)
    const backup = join(folder, `${id}.json`)
    const before = await this.#inode(backup)
    if (before !== undefined && before === (await this.#inode(file))) return
    if (before !== undefined) await this.#disk.unlink(backup)
    await this.#disk.link(file, backup)
  }

  /** For a sandbox that is about to be removed: its last backup will go with its hour. */
  async forget(id: string): Promise<void> {
    await this.#remove(join(this.#folder, OLDER_FOLDER, `${id}.json`))
  }

  /** Removes hours before the last 24, but keeps the newest backup of each sandbox that still exists. */
  async prune(now: number): Promise<void> {
    const oldest = new Date(now - RETENTION_HOURS * HOUR_MS).toISOString().slice(0, 13)
    const over = (await this.#hours()).filter((hour) => hour < oldest)
    if (over.length > 0) await ensureFolder(this.#disk, join(this.#folder, OLDER_FOLDER))
    for (const hour of over.reverse()) {
      for (const name of await namesIn(join(this.#folder, hour), this.#disk)) await this.#age(hour, name)
      await this.#disk.rmdir(join(this.#folder, hour))
    }
  }

  /** Backups of a sandbox, newest first; some may be damaged. */
  async list(id: string): Promise<string[]> {
    const files: string[] = []
    for (const folder of [...(await this.#hours()), OLDER_FOLDER]) {
      const file = join(this.#folder, folder, `${id}.json`)
      if ((await this.#inode(file)) !== undefined) files.push(file)
    }
    return files
  }

  get #folder(): string {
    return join(this.#dataDir, 'backups')
  }

  get #sandboxes(): string {
    return join(this.#dataDir, 'sandboxes')
  }

  /** Newest first. */
  async #hours(): Promise<string[]> {
    return (await namesIn(this.#folder, this.#disk))
      .filter((name) => HOUR_NAME.test(name))
      .sort()
      .reverse()
  }

  async #age(hour: string, name: string): Promise<void> {
    const backup = join(this.#folder, hour, name)
    const { file } = sandboxFile(this.#sandboxes, name.replace(/\.json$/, ''))
    if ((await this.#inode(file)) !== undefined) {
      await this.#disk.rename(backup, join(this.#folder, OLDER_FOLDER, name))
    }
    // Renaming does nothing when both are names of the same file.
    await this.#remove(backup)
  }

  async #completeUntil(now: number): Promise<number> {
    const file = join(this.#folder, COMPLETE_MARKER)
    const { mtimeMs } = await this.#disk.stat(file).catch(() => ({ mtimeMs: 0 }))
    // The clock may have been set back.
    return mtimeMs > now ? 0 : mtimeMs
  }

  async #complete(now: number): Promise<void> {
    const file = join(this.#folder, COMPLETE_MARKER)
    await ensureFolder(this.#disk, this.#folder)
    await (await this.#disk.open(file, 'a', 0o600)).close()
    // A file has the time at which it was written, and it may be renamed into place some time later.
    const moment = new Date(now - MINUTE_MS)
    await this.#disk.utimes(file, moment, moment)
  }

  async #inode(file: string): Promise<number | undefined> {
    return this.#disk.stat(file).then(
      ({ ino }) => ino,
      (error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined
        throw error
      },
    )
  }

  async #remove(file: string): Promise<void> {
    await this.#disk.unlink(file).catch((error: unknown) => {
      if (codeOf(error) !== 'ENOENT') throw error
    })
  }
}
