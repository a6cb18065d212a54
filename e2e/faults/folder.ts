import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { realDisk } from '../../server/storage/files/disk.ts'
import { examine } from '../../server/storage/files/doctor.ts'

/** A folder that is deleted after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'viva-faults-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Files of sandboxes that are unreadable. */
export async function unreadable(dataDir: string): Promise<string[]> {
  const { findings } = await examine(dataDir, realDisk)
  return findings.filter(({ kind }) => kind !== 'leftover').map(({ file, fault }) => `${file}: ${fault}`)
}

/** Temporary files left by interrupted writes. */
export async function temporaryFiles(dataDir: string): Promise<string[]> {
  const files = await readdir(join(dataDir, 'sandboxes'), { recursive: true })
  return files.filter((file) => file.endsWith('.tmp'))
}
