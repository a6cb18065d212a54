import { randomUUID } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { StartFault } from './start-fault.ts'

/**
 * Creates the data folder if it is missing, and writes a file: no other check is reliable for root, read-only disks and full disks alike.
 * @throws {StartFault} when it can't be written, or is on a file system without hard links, which locks and backups need
 */
export function makeWritable(dataDir: string): void {
  // Several processes may start at once.
  const probe = join(dataDir, `.writable-${randomUUID()}`)
  try {
    makeFolder(dataDir)
    writeFileSync(probe, '')
    linkSync(probe, `${probe}-link`)
  } catch (error) {
    throw faultOf(error as NodeJS.ErrnoException, dataDir)
  } finally {
    for (const file of [probe, `${probe}-link`]) if (existsSync(file)) rmSync(file)
  }
}

/** What `link` reports where there are no hard links, as on exFAT: Linux, macOS, FUSE and Windows, in this order. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'ENOSYS', 'EISDIR']

function faultOf({ syscall, code = '' }: NodeJS.ErrnoException, dataDir: string): StartFault {
  return new StartFault(
    syscall === 'link' && NO_LINKS.includes(code)
      ? `DATA_DIR ${dataDir} is on a file system without hard links (${code}), such as exFAT on a USB stick. ` +
          "Set DATA_DIR to a folder on this computer's own disk."
      : `DATA_DIR ${dataDir} is not writable (${code}). Make this user its owner, or set DATA_DIR to another folder.`,
  )
}

/** Node's own `recursive` never returns where the system reports an existing folder as missing, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
