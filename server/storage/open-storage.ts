import { openFiles } from './files/open-files.ts'
import { systemClock, type Clock } from './trusted-time.ts'
import type { NewUserRow, Storage } from './storage.ts'

const DAY_MS = 24 * 60 * 60_000

export interface StorageSettings {
  /** Absolute path. */
  dataDir: string
  /** `postgres://…`: keep everything there instead of in files. */
  databaseUrl?: string | undefined
  /** Days after which an unused sandbox is removed; 30 by default. */
  sandboxDays?: number
  /** The system's clock by default. */
  clock?: Clock
}

/**
 * Opens the configured storage: files for one process, or a database for several.
 * @param seed the rows of a new sandbox
 * @throws {DataFolderInUse | StorageFull | StorageUnavailable}
 */
export async function openStorage(settings: StorageSettings, seed: readonly NewUserRow[]): Promise<Storage> {
  const { dataDir, databaseUrl, sandboxDays = 30, clock = systemClock } = settings
  if (databaseUrl !== undefined) {
    // Loaded only here: an app on files starts faster without the driver.
    const { openPostgres } = await import('./postgres/open-postgres.ts')
    return openPostgres({ url: databaseUrl, seed, days: sandboxDays, clock })
  }
  return openFiles({ dataDir, seed, lifetimeMs: sandboxDays * DAY_MS, clock })
}
