import { join } from 'node:path'
import type { Disk } from './files/disk.ts'
import { storageError } from './files/durable-file.ts'
import { LIMITS } from './storage.ts'

/**
 * Writes as much as the largest sandbox holds, and takes it away again: only that tells whether a write would be refused.
 * @throws {StorageFull | StorageUnavailable}
 */
export async function tryWriting(folder: string, disk: Disk): Promise<void> {
  const file = join(folder, '.ready')
  try {
    const handle = await disk.open(file, 'w', 0o600)
    try {
      await handle.writeFile(' '.repeat(LIMITS.bytes))
      await handle.datasync()
    } finally {
      await handle.close()
      await disk.unlink(file)
    }
  } catch (error) {
    throw storageError(error)
  }
}
