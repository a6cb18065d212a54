import { existsSync } from 'node:fs'
import { relative, resolve } from 'node:path'
import { actAsOwner } from './act-as-owner.ts'
import { realDisk } from '../storage/files/disk.ts'
import { isKnownEvent } from './known-events.ts'
import { examine, faultOf, restore, type Finding } from '../storage/files/doctor.ts'
import { examineStreams, restoreStream, salvage, type StreamFinding } from '../storage/files/stream-doctor.ts'
import { DataFolderInUse } from '../storage/errors.ts'
import { STREAM_NAME } from '../storage/event-log.ts'
import { lockFolder } from '../storage/files/folder-lock.ts'
import { sandboxFile } from '../storage/files/sandbox-files.ts'
import { SANDBOX_ID } from '../storage/storage.ts'

const USAGE =
  'npm run doctor                             lists damaged files in the data folder and changes nothing\n' +
  'npm run doctor -- --restore <id> | --all   restores backups of sandboxes or event streams (stop Viva first)\n' +
  'npm run doctor -- --salvage <stream>       keeps the events of a damaged stream before the damage (stop Viva first)'

/**
 * `npm run doctor`: finds and repairs damaged files of sandboxes and streams in `DATA_DIR`.
 * @returns the exit code: 0 when nothing is damaged or all was repaired, 1 when something is damaged, 2 when it could not run
 */
async function doctor(args: string[], dataDir: string): Promise<number> {
  if (!existsSync(dataDir)) {
    process.stderr.write(`There is no folder ${dataDir}. Set DATA_DIR.\n`)
    return 2
  }
  const [command, id = '', ...more] = args
  if (command === undefined) return list(dataDir)
  if (command === '--all' && id === '') return locked(dataDir, () => restoreAll(dataDir))
  if (command === '--restore' && id === '--all' && more.length === 0)
    return locked(dataDir, () => restoreAll(dataDir))
  if (command === '--restore' && SANDBOX_ID.test(id) && more.length === 0) {
    return locked(dataDir, () => restoreOne(dataDir, id))
  }
  if (command === '--restore' && STREAM_NAME.test(id) && more.length === 0) {
    return locked(dataDir, () => restoreOneStream(dataDir, id))
  }
  if (command === '--salvage' && STREAM_NAME.test(id) && more.length === 0) {
    return locked(dataDir, () => salvageOne(dataDir, id))
  }
  say(USAGE)
  return 2
}

async function list(dataDir: string): Promise<number> {
  const { whole, findings } = await examine(dataDir, realDisk)
  for (const finding of findings) say(lineOf(dataDir, finding))
  const bad = findings.filter(({ kind }) => kind !== 'leftover').length
  say(`${counted(whole + bad, 'sandbox', 'sandboxes')} in ${dataDir}: ${whole} intact, ${bad} damaged.`)
  if (bad > 0) say('Stop Viva, then restore backups: npm run doctor -- --restore <id>, or --restore --all.')
  const streamsBad = await listStreams(dataDir)
  return bad + streamsBad > 0 ? 1 : 0
}

/** @returns the number of streams that this version can't read */
async function listStreams(dataDir: string): Promise<number> {
  const { whole, findings } = await examineStreams(dataDir, realDisk, isKnownEvent)
  for (const finding of findings) say(streamLineOf(dataDir, finding))
  const numberOf = (kind: StreamFinding['kind']) => findings.filter((finding) => finding.kind === kind).length
  const [damaged, newer] = [numberOf('damaged'), numberOf('newer')]
  const bad = damaged + newer
  if (whole + bad > 0) {
    const ofNewer = newer > 0 ? `, ${newer} from a newer version` : ''
    say(
      `${counted(whole + bad, 'event stream', 'event streams')}: ${whole} intact, ${damaged} damaged${ofNewer}.`,
    )
  }
  if (damaged + numberOf('missing') > 0) {
    say(
      'Stop Viva, then restore backups: npm run doctor -- --restore <stream>. ' +
        'Without a backup, keep the events before the damage: npm run doctor -- --salvage <stream>.',
    )
  }
  return bad
}

function streamLineOf(dataDir: string, { kind, file, fault, sound, backup }: StreamFinding): string {
  const place = `${kind}: ${relative(dataDir, file)}: ${fault}.`
  if (kind === 'newer') return `${place} Start the version that wrote it.`
  const held =
    backup === undefined
      ? 'none'
      : `${relative(dataDir, backup.file)}, ${counted(backup.events, 'event', 'events')}`
  const intact = kind === 'missing' ? '' : ` Intact before the damage: ${counted(sound, 'event', 'events')}.`
  return `${place}${intact} Backup: ${held}.`
}

async function restoreOneStream(dataDir: string, stream: string): Promise<number> {
  const restored = await restoreStream(dataDir, stream, realDisk)
  if (restored === 'intact') {
    say(`${stream}: its file is intact, so nothing was changed.`)
    return 0
  }
  if (restored === 'none') {
    say(`${stream}: no backup has more events than what is intact, so nothing was changed. See --salvage.`)
    return 1
  }
  const { from, events, newer, aside } = restored
  const behind = newer === 0 ? '' : `, ${newer} of them newer than the backup`
  const kept = aside === undefined ? '' : `; the damaged file is now ${relative(dataDir, aside)}`
  say(
    `${stream}: restored from ${relative(dataDir, from)}: ${counted(events, 'event', 'events')}${behind}${kept}`,
  )
  return 0
}

async function salvageOne(dataDir: string, stream: string): Promise<number> {
  const salvaged = await salvage(dataDir, stream, realDisk)
  if (salvaged === null) {
    say(`${stream}: not a damaged stream, so nothing was changed.`)
    return 1
  }
  const { kept, aside } = salvaged
  say(
    `${stream}: ${counted(kept, 'event', 'events')} kept; the damaged file is now ${relative(dataDir, aside)}`,
  )
  return 0
}

async function restoreAll(dataDir: string): Promise<number> {
  const { findings } = await examine(dataDir, realDisk)
  let code = 0
  for (const { kind, id } of findings) {
    if (kind === 'damaged' && id !== undefined) code = Math.max(code, await restoreOne(dataDir, id))
    if (kind === 'newer' && id !== undefined) {
      say(
        `${id}: written by a newer version, so it was left as it is. To replace it with a backup: --restore ${id}`,
      )
      code = 1
    }
  }
  const streams = (await examineStreams(dataDir, realDisk)).findings.filter(({ kind }) => kind === 'damaged')
  for (const { stream } of streams) code = Math.max(code, await restoreOneStream(dataDir, stream))
  if (streams.length === 0 && findings.every(({ kind }) => kind === 'leftover')) say('Nothing is damaged.')
  return code
}

async function restoreOne(dataDir: string, id: string): Promise<number> {
  const { file } = (await faultOf(dataDir, id, realDisk)) ?? {}
  if (file === undefined && (await isThere(dataDir, id))) {
    say(`${id}: its file is intact, so nothing was changed.`)
    return 0
  }
  const restored = await restore(dataDir, id, realDisk)
  if (restored === null) {
    say(
      `${id}: it has no intact backup, so nothing was changed. If you move its file away, the sandbox starts over.`,
    )
    return 1
  }
  const aside =
    restored.aside === undefined ? '' : `; the damaged file is now ${relative(dataDir, restored.aside)}`
  say(`${id}: restored from ${relative(dataDir, restored.from)}${aside}`)
  return 0
}

function isThere(dataDir: string, id: string): Promise<boolean> {
  const { file } = sandboxFile(resolve(dataDir, 'sandboxes'), id)
  return realDisk.stat(file).then(
    () => true,
    () => false,
  )
}

/** Runs with the folder locked, so that nothing changes while Viva is running on it. */
async function locked(dataDir: string, work: () => Promise<number>): Promise<number> {
  const lock = await lockFolder(dataDir)
  try {
    return await work()
  } finally {
    lock.release()
  }
}

function lineOf(dataDir: string, { kind, file, fault, backup }: Finding): string {
  const place = `${kind}: ${relative(dataDir, file)}: ${fault}.`
  if (kind === 'leftover') return place
  return `${place} Newest good backup: ${backup === undefined ? 'none' : relative(dataDir, backup)}.`
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  const dataDir = resolve(process.env.DATA_DIR || './data')
  actAsOwner(dataDir)
  process.exitCode = await doctor(process.argv.slice(2), dataDir)
} catch (error) {
  const isExpected = error instanceof DataFolderInUse
  process.stderr.write(`${isExpected ? error.message : (error as Error).stack}\n`)
  process.exitCode = 2
}
