import { openStorage } from './files/open-files.ts'
import { systemClock, type Clock } from './lived-time.ts'
import type { NewUserRow, Storage } from './storage.ts'

const DAY = 24 * 60 * 60_000

export interface StorageSettings {
  /** Absolute path. */
  dataDir: string
  /** `postgres://…`: everything is kept there instead of in files. */
  databaseUrl?: string | undefined
  /** A sandbox that nobody used for so many days is removed; 30 unless given. */
  sandboxDays?: number
  /** The system's unless given. */
  clock?: Clock
}

/**
 * Files for one process, or a database for several.
 * @param seed the rows of a new sandbox
 * @throws {DataFolderInUse | StorageFull | StorageUnavailable}
 */
export async function openStorageOf(
  settings: StorageSettings,
  seed: readonly NewUserRow[],
): Promise<Storage> {
  const { dataDir, databaseUrl, sandboxDays = 30, clock = systemClock } = settings
  if (databaseUrl !== undefined) {
    // Loaded only here: an app on files starts sooner without the driver.
    const { openPostgres } = await import('./postgres/open-postgres.ts')
    return openPostgres({ url: databaseUrl, seed, days: sandboxDays, clock })
  }
  return openStorage({ dataDir, seed, lifetime: sandboxDays * DAY, clock })
}
