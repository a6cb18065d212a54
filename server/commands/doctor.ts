import { relative, resolve } from 'node:path'
import { realDisk } from '../storage/files/disk.ts'
import { examine, examineStreams, faultOf, restore, salvage, type Finding } from '../storage/files/doctor.ts'
import { DataFolderInUse } from '../storage/errors.ts'
import { STREAM_NAME } from '../storage/event-log.ts'
import { lockFolder } from '../storage/files/folder-lock.ts'
import { sandboxFile } from '../storage/files/sandbox-files.ts'
import { SANDBOX_ID } from '../storage/storage.ts'

const USAGE =
  'npm run doctor            lists what is wrong in the data folder and changes nothing\n' +
  'npm run doctor -- --restore <id> | --all   puts the newest good backups back (stop Viva before)\n' +
  'npm run doctor -- --salvage <stream>       keeps of a damaged stream of events what stands before the damage (stop Viva before)'

/**
 * `npm run doctor`: what is wrong with the files of sandboxes and streams in `DATA_DIR`, and mending it.
 * @returns the exit code: 0 when nothing is wrong or all was mended, 1 when something is wrong, 2 when it could not work
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
  say(`${whole + bad} sandboxes in ${dataDir}: ${whole} whole, ${bad} not.`)
  if (bad > 0) say('Stop Viva, then put backups back: npm run doctor -- --restore <id>, or --restore --all.')
  const streamsBad = await listStreams(dataDir)
  return bad + streamsBad > 0 ? 1 : 0
}

/** @returns how many are damaged */
async function listStreams(dataDir: string): Promise<number> {
  const { whole, findings } = await examineStreams(dataDir, realDisk)
  for (const { file, fault, sound } of findings) {
    say(`damaged: ${relative(dataDir, file)}: ${fault}. Whole before it: ${sound} events.`)
  }
  const bad = findings.length
  if (whole + bad > 0) say(`${whole + bad} streams of events: ${whole} whole, ${bad} not.`)
  if (bad > 0) {
    say(
      'Stop Viva, then put back copies that are whole, or keep what stands before: npm run doctor -- --salvage <stream>.',
    )
  }
  return bad
}

async function salvageOne(dataDir: string, stream: string): Promise<number> {
  const salvaged = await salvage(dataDir, stream, realDisk)
  if (salvaged === null) {
    say(`${stream}: no such stream is damaged, so nothing was changed.`)
    return 1
  }
  const { kept, aside } = salvaged
  say(`${stream}: ${kept} events kept; what stood there is now ${relative(dataDir, aside)}`)
  return 0
}

async function restoreAll(dataDir: string): Promise<number> {
  const { findings } = await examine(dataDir, realDisk)
  let code = 0
  for (const { kind, id } of findings) {
    if (kind === 'damaged' && id !== undefined) code = Math.max(code, await restoreOne(dataDir, id))
    if (kind === 'newer' && id !== undefined) {
      say(
        `${id}: a newer version wrote it, so it is left as it is. To give it up for a backup: --restore ${id}`,
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
    say(`${id}: its file is whole, so nothing was changed.`)
    return 0
  }
  const restored = await restore(dataDir, id, realDisk)
  if (restored === null) {
    say(`${id}: no backup of it is whole, so nothing was changed. Moved away, that sandbox starts anew.`)
    return 1
  }
  const aside =
    restored.aside === undefined ? '' : `; what stood there is now ${relative(dataDir, restored.aside)}`
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

/** Nothing is changed under the hands of a process that runs. */
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

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

try {
  process.exitCode = await doctor(process.argv.slice(2), resolve(process.env.DATA_DIR || './data'))
} catch (error) {
  const foreseen = error instanceof DataFolderInUse
  process.stderr.write(`${foreseen ? error.message : (error as Error).stack}\n`)
  process.exitCode = 2
}
