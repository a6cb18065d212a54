import { link, mkdir, open, readdir, readFile, rename, rmdir, stat, unlink, utimes } from 'node:fs/promises'

/** What the storage asks of the file system, so that a test can let any of it fail. */
export interface Disk {
  link: (existing: string, file: string) => Promise<void>
  mkdir: (folder: string, options: { recursive: true }) => Promise<string | undefined>
  open: (file: string, flags: string, mode?: number) => Promise<OpenFile>
  readFile: (file: string) => Promise<Uint8Array>
  readdir: (folder: string) => Promise<string[]>
  rename: (from: string, to: string) => Promise<void>
  rmdir: (folder: string) => Promise<void>
  stat: (file: string) => Promise<{ mtimeMs: number; ino: number }>
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

export const realDisk: Disk = {
  link,
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rmdir,
  stat,
  unlink,
  utimes,
}

/** The system's name of what went wrong, such as ENOSPC. */
export function codeOf(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}
