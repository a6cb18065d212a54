import { constants } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, rmdir, stat, unlink, utimes } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the storage needs of the file system, so that a test can make any of it fail. */
export interface Disk {
  link: (existing: string, file: string) => Promise<void>
  /** Creates this folder and no parent: a data folder that was moved away must not reappear empty. */
  mkdir: (folder: string) => Promise<void>
  open: (file: string, flags: string, mode?: number) => Promise<OpenFile>
  /** Fails with ELOOP where the file is a symbolic link, which a write would replace. */
  readFile: (file: string) => Promise<Uint8Array>
  readdir: (folder: string) => Promise<string[]>
  rename: (from: string, to: string) => Promise<void>
  rmdir: (folder: string) => Promise<void>
  stat: (file: string) => Promise<{ mtimeMs: number; ino: number; size: number }>
  unlink: (file: string) => Promise<void>
  utimes: (file: string, accessed: Date, modified: Date) => Promise<void>
}

export interface OpenFile {
  /** Writes all of it, in as many calls as the system needs. */
  writeFile: (text: string) => Promise<void>
  /** Cuts the file to this many bytes. */
  truncate: (length: number) => Promise<void>
  datasync: () => Promise<void>
  sync: () => Promise<void>
  close: () => Promise<void>
}

/** Other users of this machine must not read what people store. */
export const PRIVATE_FOLDER_MODE = 0o700

/** Windows doesn't have this flag. */
const READ_FLAGS = constants.O_RDONLY | ((constants.O_NOFOLLOW as number | undefined) ?? 0)

/** How often, and after how many milliseconds each time, a rename is tried again on Windows. */
const [RENAME_TRIES, RENAME_PAUSE_MS] = [20, 50]

/**
 * A rename that also succeeds on Windows, which refuses it for the moment in which a virus scanner, an indexer or a reader has one of the
 * files open. Elsewhere the same errors have lasting causes, and are thrown at once.
 */
export function patientRename(
  move: Disk['rename'],
  platform: NodeJS.Platform,
  pause: (ms: number) => Promise<unknown> = sleep,
): Disk['rename'] {
  if (platform !== 'win32') return move
  return async (from, to) => {
    for (let tries = 1; ; tries += 1) {
      try {
        return await move(from, to)
      } catch (error) {
        const mayPass = ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error) ?? '')
        if (!mayPass || tries === RENAME_TRIES) throw error
        await pause(RENAME_PAUSE_MS)
      }
    }
  }
}

/** Whether the names in a folder can be flushed. Windows refuses to open a folder for that (EPERM) and offers no alternative. */
export function canFlushFolders(platform: NodeJS.Platform): boolean {
  return platform !== 'win32'
}

export const realDisk: Disk = {
  link,
  mkdir: (folder) => mkdir(folder, { mode: PRIVATE_FOLDER_MODE }),
  open,
  readFile: (file) => readFile(file, { flag: READ_FLAGS }),
  readdir,
  rename: patientRename(rename, process.platform),
  rmdir,
  stat,
  unlink,
  utimes,
}

/** The system's error code, such as ENOSPC. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}

/** The same disk, which calls `check` before every change. @param check throws when nothing may be changed */
export function guardedDisk(disk: Disk, check: () => void): Disk {
  const after = async <Result>(change: () => Promise<Result>): Promise<Result> => {
    check()
    return change()
  }
  return {
    readFile: (file) => disk.readFile(file),
    readdir: (folder) => disk.readdir(folder),
    stat: (file) => disk.stat(file),
    open: (file, flags, mode) =>
      flags === 'r' ? disk.open(file, flags) : after(() => disk.open(file, flags, mode)),
    link: (existing, file) => after(() => disk.link(existing, file)),
    mkdir: (folder) => after(() => disk.mkdir(folder)),
    rename: (from, to) => after(() => disk.rename(from, to)),
    rmdir: (folder) => after(() => disk.rmdir(folder)),
    unlink: (file) => after(() => disk.unlink(file)),
    utimes: (file, accessed, modified) => after(() => disk.utimes(file, accessed, modified)),
  }
}
