import { join } from 'node:path'
import { codeOf, type Disk } from './disk.ts'
import { DurableFile, ensureFolder } from './durable-file.ts'
import { DamagedSandbox } from '../errors.ts'
import { namesIn, sandboxFile, touchedSince } from './sandbox-files.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** How many hours a backup stays under its hour. */
const KEPT = 24

/** Holds the newest backup from before those hours of every sandbox that is still there. */
const OLDER = 'older'

/** An empty file whose time says up to when everything that changed has been backed up. */
const COMPLETE = 'complete'

const HOUR_NAME = /^\d{4}-\d\d-\d\dT\d\d$/

/**
 * Backups of the sandboxes under `dataDir/backups/<hour>/`, hours in UTC. A backup is a second name for the file as it stood: a
 * commit puts a new file in the place of the old one and never changes it. So it costs no room until then, and saves from
 * whatever replaces or removes a file, but not from a disk that spoils the one that both names mean.
 */
export class Backups {
  readonly #dataDir: string
  readonly #disk: Disk

  constructor(dataDir: string, disk: Disk) {
    this.#dataDir = dataDir
    this.#disk = disk
  }

  /**
   * Backs up every sandbox that changed since the last time, but no damaged one.
   * @param goOn is asked before each; with false it ends, and the next time begins where this one began
   */
  async make(now: number, goOn: () => boolean = () => true): Promise<void> {
    let failed = false
    for (const id of await touchedSince(await this.#completeUntil(now), this.#sandboxes, this.#disk)) {
      if (!goOn()) return
      await this.keep(id, now).catch((error: unknown) => (failed ||= !(error instanceof DamagedSandbox)))
    }
    if (!failed) await this.#complete(now)
  }

  /**
   * Backs up one sandbox under this hour, in place of an earlier backup of the same hour.
   * @throws {DamagedSandbox | StorageUnavailable} when the sandbox can't be read, and makes none
   */
  async keep(id: string, now: number): Promise<void> {
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

  /** The sandbox is going to be removed: its last backup goes with its hour. */
  async letGo(id: string): Promise<void> {
    await this.#remove(join(this.#folder, OLDER, `${id}.json`))
  }

  /** Takes away the hours before the last 24, but keeps the newest backup of each sandbox that is still there. */
  async prune(now: number): Promise<void> {
    const oldest = new Date(now - KEPT * HOUR).toISOString().slice(0, 13)
    const over = (await this.#hours()).filter((hour) => hour < oldest)
    if (over.length > 0) await ensureFolder(this.#disk, join(this.#folder, OLDER))
    for (const hour of over.reverse()) {
      for (const name of await namesIn(join(this.#folder, hour), this.#disk)) await this.#age(hour, name)
      await this.#disk.rmdir(join(this.#folder, hour))
    }
  }

  /** Backups of a sandbox, the newest first; not each need be whole. */
  async of(id: string): Promise<string[]> {
    const files: string[] = []
    for (const folder of [...(await this.#hours()), OLDER]) {
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

  /** The newest first. */
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
      await this.#disk.rename(backup, join(this.#folder, OLDER, name))
    }
    // Renaming does nothing when both are names of one file.
    await this.#remove(backup)
  }

  async #completeUntil(now: number): Promise<number> {
    const file = join(this.#folder, COMPLETE)
    const { mtimeMs } = await this.#disk.stat(file).catch(() => ({ mtimeMs: 0 }))
    // The clock may have been set back.
    return mtimeMs > now ? 0 : mtimeMs
  }

  async #complete(now: number): Promise<void> {
    const file = join(this.#folder, COMPLETE)
    await ensureFolder(this.#disk, this.#folder)
    await (await this.#disk.open(file, 'a', 0o600)).close()
    // A file has the time at which it was written, which may be some time before it takes its place.
    const moment = new Date(now - MINUTE)
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
