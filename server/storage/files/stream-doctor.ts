import { basename, dirname, join } from 'node:path'
import { codeOf, type Disk } from './disk.ts'
import { makeFolder, syncFolder, TEMPORARY_SUFFIX } from './durable-file.ts'
import { soundLines, type DecodedLines } from './event-lines.ts'
import { STREAM_SUFFIX, streamFile } from './event-log.ts'
import { keepAside } from './keep-aside.ts'
import { namesIn } from './sandbox-files.ts'
import { StreamBackups } from './stream-backups.ts'
import { STREAM_NAME, type NumberedEvent } from '../event-log.ts'

/** A stream's file that can't be trusted. */
export interface StreamFinding {
  /** `newer`: it is intact, but a newer version of Viva wrote it. `missing`: it is gone, and there is a backup. */
  kind: 'damaged' | 'newer' | 'missing'
  stream: string
  file: string
  /** What is wrong, as part of a sentence. */
  fault: string
  /** Number of intact events before the damage. */
  sound: number
  /** What its backup would bring back. */
  backup?: { file: string; events: number }
}

/**
 * Checks the file of every stream, and changes nothing.
 * @param isKnown whether this version can read an event of a stream
 */
export async function examineStreams(
  dataDir: string,
  disk: Disk,
  isKnown: (stream: string, event: NumberedEvent) => boolean = () => true,
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
      const unknown = events.find((event) => !isKnown(stream, event))
      if (fault !== undefined) {
        const about = { kind: 'damaged' as const, stream, file, fault, sound: events.length }
        findings.push({ ...about, ...(await withBackup(dataDir, stream, disk)) })
      } else if (unknown !== undefined) {
        const text = `a newer version of Viva wrote it (event ${unknown.number})`
        findings.push({ kind: 'newer', stream, file, fault: text, sound: events.length })
      } else whole += 1
    }
  }
  for (const stream of await new StreamBackups(dataDir, disk).orphans()) {
    const about = { stream, file: streamFile(root, stream), fault: 'the file is gone', sound: 0 }
    findings.push({ kind: 'missing', ...about, ...(await withBackup(dataDir, stream, disk)) })
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
  const bytes = await contentOf(file, disk)
  if (bytes === null) return null
  const { events, whole, fault } = soundLines(bytes)
  if (fault === undefined) return null
  const aside = (await keepAside(file, disk)) ?? file
  await replace(file, bytes.subarray(0, whole).toString(), disk)
  return { kept: events.length, aside }
}

export interface RestoredStream {
  from: string
  /** Events in the stream now. */
  events: number
  /** How many of them are newer than the backup, and were intact in the damaged file behind the damage. */
  newer: number
  aside?: string
}

/**
 * Replaces a damaged or missing stream by its newest intact backup and the events behind the damage that follow it, and keeps the
 * damaged file under another name. No other process may use the data folder.
 * @returns 'intact' or 'none' (no backup has more than what is intact): then nothing has changed
 */
export async function restoreStream(
  dataDir: string,
  stream: string,
  disk: Disk,
): Promise<RestoredStream | 'intact' | 'none'> {
  const file = streamFile(join(dataDir, 'events'), stream)
  const damaged = (await contentOf(file, disk)) ?? Buffer.alloc(0)
  const { events, fault } = soundLines(damaged)
  if (fault === undefined && damaged.length > 0) return 'intact'
  const backup = await newestIntact(dataDir, stream, disk)
  if (backup === undefined) return 'none'
  const tail = linesAfter(damaged, backup.events.length)
  const all = backup.events.length + tail.events.length
  if (all <= events.length) return 'none'
  for (const folder of [dirname(dirname(file)), dirname(file)]) await makeFolder(disk, folder)
  const aside = await keepAside(file, disk)
  await replace(file, backup.text + tail.text, disk)
  return {
    from: backup.file,
    events: all,
    newer: tail.events.length,
    ...(aside === undefined ? {} : { aside }),
  }
}

/** The intact lines of a file that start with the event after this number. */
function linesAfter(bytes: Buffer, number: number): { events: NumberedEvent[]; text: string } {
  const start = bytes.indexOf(`\n{"first":${number + 1},`)
  if (start < 0) return { events: [], text: '' }
  const rest = bytes.subarray(start + 1)
  const { events, whole, unended } = soundLines(rest, number)
  return { events, text: rest.subarray(0, whole).toString() + (unended ? '\n' : '') }
}

async function withBackup(
  dataDir: string,
  stream: string,
  disk: Disk,
): Promise<Pick<StreamFinding, 'backup'>> {
  const backup = await newestIntact(dataDir, stream, disk)
  return backup === undefined ? {} : { backup: { file: backup.file, events: backup.events.length } }
}

async function newestIntact(
  dataDir: string,
  stream: string,
  disk: Disk,
): Promise<{ file: string; text: string; events: DecodedLines['events'] } | undefined> {
  for (const file of await new StreamBackups(dataDir, disk).list(stream)) {
    const bytes = Buffer.from(await disk.readFile(file))
    const { events, whole, fault } = soundLines(bytes)
    if (fault === undefined && events.length > 0)
      return { file, events, text: bytes.subarray(0, whole).toString() }
  }
  return undefined
}

async function contentOf(file: string, disk: Disk): Promise<Buffer | null> {
  const bytes = await disk.readFile(file).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw error
  })
  return bytes && Buffer.from(bytes)
}

async function replace(file: string, text: string, disk: Disk): Promise<void> {
  const temporary = file + TEMPORARY_SUFFIX
  const handle = await disk.open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.datasync()
  } finally {
    await handle.close()
  }
  await disk.rename(temporary, file)
  await syncFolder(disk, dirname(file))
}
