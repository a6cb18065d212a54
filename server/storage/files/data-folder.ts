import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { SANDBOX_LIMITS } from '../storage.ts'
import { PRIVATE_FOLDER_MODE, type Disk } from './disk.ts'
import { ensureFolder, storageError, syncFolder, syncPath } from './durable-file.ts'
import { removeTemporaryFiles } from './sandbox-files.ts'

/** Holds the last saved time; its name is part of the format on disk. */
const TIME_FILE = 'lived'

/** Makes the folders within the data folder, and removes what writes left behind that a kill cut short. */
export async function prepareDataFolder(dataDir: string, disk: Disk): Promise<void> {
  // All of them now: whatever is made later goes into one of these, and fails when they are gone.
  for (const name of ['sandboxes', 'events', 'backups']) {
    await ensureFolder(disk, join(dataDir, name))
    await chmod(join(dataDir, name), PRIVATE_FOLDER_MODE).catch(() => undefined)
  }
  await syncFolder(disk, dataDir)
  await syncPath(disk, dataDir)
  for (const name of ['sandboxes', 'events', 'backups/events'])
    await removeTemporaryFiles(join(dataDir, name), disk)
}

/**
 * Writes as much as the largest sandbox holds, and removes it again: nothing else tells whether a write would be refused.
 * @throws {StorageFull | StorageUnavailable}
 */
export async function tryWriting(dataDir: string, disk: Disk): Promise<void> {
  const file = join(dataDir, '.ready')
  try {
    const handle = await disk.open(file, 'w', 0o600)
    try {
      await handle.writeFile(' '.repeat(SANDBOX_LIMITS.bytes))
      await handle.datasync()
    } finally {
      await handle.close()
      await disk.unlink(file)
    }
  } catch (error) {
    throw storageError(error)
  }
}

/** @returns the time that the previous process saved, in milliseconds since 1970; undefined when there is none that can be read */
export async function readSavedTime(dataDir: string, disk: Disk): Promise<number | undefined> {
  const text = await disk.readFile(join(dataDir, TIME_FILE)).then(
    (bytes) => Buffer.from(bytes).toString(),
    () => '',
  )
  return /^\d{1,16}$/.test(text) ? Number(text) : undefined
}

/** @param time milliseconds since 1970. Not flushed: a power cut may bring back the time before, or none. */
export async function saveTime(dataDir: string, time: number, disk: Disk): Promise<void> {
  const handle = await disk.open(join(dataDir, TIME_FILE), 'w', 0o600)
  await handle.writeFile(String(Math.floor(time))).finally(() => handle.close())
}
