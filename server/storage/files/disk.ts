import { constants } from 'node:fs'
import { link, mkdir, open, readdir, readFile, rename, rmdir, stat, unlink, utimes } from 'node:fs/promises'

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

export const realDisk: Disk = {
  link,
  mkdir: (folder) => mkdir(folder, { mode: PRIVATE_FOLDER_MODE }),
  open,
  readFile: (file) => readFile(file, { flag: READ_FLAGS }),
  readdir,
  rename,
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
