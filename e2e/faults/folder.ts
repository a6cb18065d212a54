import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { realDisk } from '../../server/storage/files/disk.ts'
import { examine } from '../../server/storage/files/doctor.ts'

/** A folder that is gone when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-faults-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Files of sandboxes that can't be read. */
export async function unreadable(dataDir: string): Promise<string[]> {
  const { findings } = await examine(dataDir, realDisk)
  return findings.filter(({ kind }) => kind !== 'leftover').map(({ file, fault }) => `${file}: ${fault}`)
}

/** What writes that were cut short left behind. */
export async function temporaryFiles(dataDir: string): Promise<string[]> {
  const files = await readdir(join(dataDir, 'sandboxes'), { recursive: true })
  return files.filter((file) => file.endsWith('.tmp'))
}
