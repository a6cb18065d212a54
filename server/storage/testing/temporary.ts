import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { makeDatabase } from './make-database.ts'

/** A folder that is removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Address of a new database, which is dropped when the test is over. */
export async function temporaryDatabase(): Promise<string> {
  const { url, drop } = await makeDatabase()
  onTestFinished(drop)
  return url
}
