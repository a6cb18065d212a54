import { basename, dirname, join } from 'node:path'
import { Backups } from './backups.ts'
import { codeOf, type Disk } from './disk.ts'
import { DurableFile, makeFolder, syncFolder, TEMPORARY_SUFFIX } from './durable-file.ts'
import { DamagedSandbox } from '../errors.ts'
import { soundLines } from './event-lines.ts'
import { STREAM_NAME } from '../event-log.ts'
import { STREAM_SUFFIX, streamFile } from './event-log.ts'
import { namesIn, sandboxFile } from './sandbox-files.ts'
import { SANDBOX_ID, type Snapshot } from '../storage.ts'

const ASIDE_INFIX = '.damaged-'

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

/** A stream's file that can't be trusted. */
export interface StreamFinding {
  stream: string
  file: string
  /** What is wrong, as part of a sentence. */
  fault: string
  /** Number of intact events before the damage. */
  sound: number
}

/** Checks the file of every stream, and changes nothing. */
export async function examineStreams(
  dataDir: string,
  disk: Disk,
): Promise<{ whole: number; findings: StreamFinding[] }> {
  const root = join(dataDir, 'events')
  const findings: StreamFinding[] = []
  let whole = 0
  for (const folder of (await namesIn(root, disk)).sort()) {
    for (const name of (await namesIn(join(root, folder), disk)).sort()) {
      const stream = basename(name, STREAM_SUFFIX)
      const file = join(root, folder, name)
      if (!STREAM_NAME.test(stream) || streamFile(root, stream) !== file) continue
      const { events, fault } = soundLines(Buffer.from(await disk.readFile(file)))
      if (fault === undefined) whole += 1
      else findings.push({ stream, file, fault, sound: events.length })
    }
  }
  return { whole, findings }
}

/**
 * Keeps the events of a damaged stream up to the damage, and the damaged file under another name. No other process may use the
 * data folder.
 * @returns null when there is no such stream, or it is intact; then nothing has changed
 */
export async function salvage(
  dataDir: string,
  stream: string,
  disk: Disk,
): Promise<{ kept: number; aside: string } | null> {
  const file = streamFile(join(dataDir, 'events'), stream)
  const bytes = await disk.readFile(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  if (bytes === null) return null
  const { events, whole, fault } = soundLines(Buffer.from(bytes))
  if (fault === undefined) return null
  const aside = (await keepAside(file, disk)) ?? file
  const temporary = file + TEMPORARY_SUFFIX
  const handle = await disk.open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(Buffer.from(bytes).subarray(0, whole).toString())
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await disk.rename(temporary, file)
  await syncFolder(disk, dirname(file))
  return { kept: events.length, aside }
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

/** Gives the file a second name, which it keeps when another file takes the first one. */
async function keepAside(file: string, disk: Disk): Promise<string | undefined> {
  const aside = `${file}${ASIDE_INFIX}${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, '')}`
  try {
    await disk.link(file, aside)
    return aside
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}
