import { basename, dirname, join } from 'node:path'
import { Backups } from './backups.ts'
import { ASIDE_INFIX, keepAside } from './keep-aside.ts'
import type { Disk } from './disk.ts'
import { DurableFile, makeFolder, TEMPORARY_SUFFIX } from './durable-file.ts'
import { DamagedSandbox } from '../errors.ts'
import { namesIn, sandboxFile } from './sandbox-files.ts'
import { SANDBOX_ID, type Snapshot } from '../storage.ts'

export interface Finding {
  /** `newer`: a newer version of Viva wrote it, so it may be intact. `leftover`: Viva never reads it. */
  kind: 'damaged' | 'newer' | 'leftover'
  file: string
  /** What is wrong, as part of a sentence. */
  fault: string
  /** The sandbox whose file this is, unless it is a leftover. */
  id?: string
  /** The newest intact backup. */
  backup?: string
}

/** Checks every file of every sandbox, and changes nothing. */
export async function examine(dataDir: string, disk: Disk): Promise<{ whole: number; findings: Finding[] }> {
  const root = join(dataDir, 'sandboxes')
  const findings: Finding[] = []
  let whole = 0
  for (const folder of (await namesIn(root, disk)).sort()) {
    for (const name of (await namesIn(join(root, folder), disk)).sort()) {
      const finding = await look(dataDir, join(root, folder, name), disk)
      if (finding) findings.push(finding)
      else whole += 1
    }
  }
  return { whole, findings }
}

export interface Restored {
  from: string
  /** Where the previous file is now; none when there was no file. */
  aside?: string
}

/**
 * Replaces a sandbox's file by its newest intact backup, and keeps the file under another name. No other process may use the
 * data folder.
 * @returns null when there is no such backup; then nothing has changed
 */
export async function restore(dataDir: string, id: string, disk: Disk): Promise<Restored | null> {
  const backup = await newestGood(dataDir, id, disk)
  if (backup === null) return null
  const { folder, file } = sandboxFile(join(dataDir, 'sandboxes'), id)
  await makeFolder(disk, dirname(folder))
  await makeFolder(disk, folder)
  const aside = await keepAside(file, disk)
  await new DurableFile(file, disk).write(backup.snapshot)
  return { from: backup.file, ...(aside === undefined ? {} : { aside }) }
}

/** @returns null when the sandbox's file is intact or missing */
export async function faultOf(dataDir: string, id: string, disk: Disk): Promise<Finding | null> {
  const { file } = sandboxFile(join(dataDir, 'sandboxes'), id)
  try {
    await new DurableFile(file, disk).read()
    return null
  } catch (error) {
    const { message } = error as Error
    const damaged = error instanceof DamagedSandbox ? error : undefined
    const backup = (await newestGood(dataDir, id, disk))?.file
    return {
      kind: damaged?.newer ? 'newer' : 'damaged',
      file,
      fault: damaged?.fault ?? message,
      id,
      ...(backup === undefined ? {} : { backup }),
    }
  }
}

async function look(dataDir: string, file: string, disk: Disk): Promise<Finding | null> {
  const name = basename(file)
  const id = name.replace(/\.json$/, '')
  if (SANDBOX_ID.test(id) && sandboxFile(join(dataDir, 'sandboxes'), id).file === file) {
    return faultOf(dataDir, id, disk)
  }
  return { kind: 'leftover', file, fault: leftoverText(name) }
}

function leftoverText(name: string): string {
  if (name.endsWith(TEMPORARY_SUFFIX))
    return 'a write that was interrupted or is still running; the next start removes it'
  if (name.includes(ASIDE_INFIX))
    return 'set aside by an earlier restore; remove it when you no longer need it'
  return 'not a sandbox file, or not in its folder; Viva never reads it'
}

async function newestGood(
  dataDir: string,
  id: string,
  disk: Disk,
): Promise<{ file: string; snapshot: Snapshot } | null> {
  for (const file of await new Backups(dataDir, disk).list(id)) {
    const snapshot = await new DurableFile(file, disk).read().catch(() => null)
    if (snapshot !== null) return { file, snapshot }
  }
  return null
}
