import { relative, resolve } from 'node:path'
import { actAsOwner } from './act-as-owner.ts'
import { realDisk } from '../storage/files/disk.ts'
import { examine, examineStreams, faultOf, restore, salvage, type Finding } from '../storage/files/doctor.ts'
import { DataFolderInUse } from '../storage/errors.ts'
import { STREAM_NAME } from '../storage/event-log.ts'
import { lockFolder } from '../storage/files/folder-lock.ts'
import { sandboxFile } from '../storage/files/sandbox-files.ts'
import { SANDBOX_ID } from '../storage/storage.ts'

const USAGE =
  'npm run doctor                             lists damaged files in the data folder and changes nothing\n' +
  'npm run doctor -- --restore <id> | --all   restores the newest good backups (stop Viva first)\n' +
  'npm run doctor -- --salvage <stream>       keeps the events of a damaged stream before the damage (stop Viva first)'

/**
 * `npm run doctor`: finds and repairs damaged files of sandboxes and streams in `DATA_DIR`.
 * @returns the exit code: 0 when nothing is damaged or all was repaired, 1 when something is damaged, 2 when it could not run
 */
async function doctor(args: string[], dataDir: string): Promise<number> {
  const [command, id = '', ...more] = args
  if (command === undefined) return list(dataDir)
  if (command === '--all' && id === '') return locked(dataDir, () => restoreAll(dataDir))
  if (command === '--restore' && id === '--all' && more.length === 0)
    return locked(dataDir, () => restoreAll(dataDir))
  if (command === '--restore' && SANDBOX_ID.test(id) && more.length === 0) {
    return locked(dataDir, () => restoreOne(dataDir, id))
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

/** @returns the number of damaged streams */
async function listStreams(dataDir: string): Promise<number> {
  const { whole, findings } = await examineStreams(dataDir, realDisk)
  for (const { file, fault, sound } of findings) {
    say(
      `damaged: ${relative(dataDir, file)}: ${fault}. Intact before the damage: ${counted(sound, 'event', 'events')}.`,
    )
  }
  const bad = findings.length
  if (whole + bad > 0)
    say(`${counted(whole + bad, 'event stream', 'event streams')}: ${whole} intact, ${bad} damaged.`)
  if (bad > 0) {
    say(
      'Stop Viva, then restore intact copies, or keep the events before the damage: npm run doctor -- --salvage <stream>.',
    )
  }
  return bad
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
  if (findings.every(({ kind }) => kind === 'leftover')) say('Nothing is damaged.')
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
