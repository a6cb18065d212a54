import { randomUUID } from 'node:crypto'
import {
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'

import { dirname, join } from 'node:path'
import { codeOf } from './disk.ts'
import { storageError } from './durable-file.ts'
import { DataFolderInUse, StorageUnavailable } from '../errors.ts'
import { HEARTBEAT_MS, Holder, isAlive, thisProcess } from './lock-holder.ts'

const DRAFT_PREFIX = '.lock-'
/** How long after a failed check a folder that was gone is checked again, on the next use. */
const RETRY_MS = 200

export interface FolderLock {
  /** False while the folder is gone, and after another process has taken it over. */
  held: () => boolean
  /**
   * Checks, just before a write, that it goes into the locked folder.
   * @throws {StorageUnavailable} with what happened to the folder
   */
  assertHeld: () => void
  release: () => void
}

type State = 'held' | 'gone' | 'taken'

/**
 * Locks the folder for this process alone. Locks are numbered, and the highest number holds the lock: taking over from a process
 * that was killed means creating the next number, which only one process can do. A number is never created twice, so a slow
 * starter notices that it came too late.
 * @throws {DataFolderInUse} with one line that names the holder, or {StorageFull | StorageUnavailable}
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const me = { ...thisProcess(), folder: statSync(folder).ino }
  for (;;) {
    const newest = newestLock(folder)
    const holder = newest > 0 ? readHolder(fileOf(folder, newest)) : undefined
    if (holder && (await isAlive(holder, fileOf(folder, newest)))) {
      throw new DataFolderInUse(inUseText(folder, fileOf(folder, newest), holder, me.folder))
    }
    const mine = newest + 1
    if (!claim(folder, mine, me)) continue
    if (newestLock(folder) === mine) return hold(folder, mine, me)
    rmSync(fileOf(folder, mine), { force: true })
  }
}

function hold(folder: string, number: number, me: Holder): FolderLock {
  const file = fileOf(folder, number)
  for (const older of lockNumbers(folder)) if (older < number) rmSync(fileOf(folder, older), { force: true })
  removeDrafts(folder)
  const { ino } = statSync(file)
  let state: State = 'held'
  let checkedAt = Date.now()
  const check = () => {
    checkedAt = Date.now()
    state = lookAgain(folder, number, ino) ?? state
  }
  const isHeld = () => {
    const isOld = Math.abs(Date.now() - checkedAt) > (state === 'held' ? 2 * HEARTBEAT_MS : RETRY_MS)
    // A process that was suspended for a while may have been considered dead.
    if (isOld) check()
    return state === 'held'
  }
  const beat = setInterval(check, HEARTBEAT_MS)
  beat.unref()
  return {
    held: isHeld,
    assertHeld: () => {
      if (state === 'held' && !isOurs(file, ino)) check()
      if (!isHeld()) throw new StorageUnavailable(messageOf(state, folder))
    },
    release: () => {
      clearInterval(beat)
      if (isOurs(file, ino)) tellReleased(file, me)
    },
  }
}

function inUseText(folder: string, file: string, { pid, host, folder: locked }: Holder, ino: number): string {
  // Not taken over without asking: some file systems don't keep these numbers.
  if (locked !== undefined && locked !== ino)
    return `The data folder ${folder} looks like a copy of one that process ${pid} on ${host} uses. If it is a copy, delete ${file}; that process may go on.`
  return (
    `The data folder ${folder} is in use by process ${pid} on ${host}: ` +
    'stop that process, or set DATA_DIR to another folder.'
  )
}

function messageOf(state: State, folder: string): string {
  return state === 'taken'
    ? 'Another process has taken over the data folder'
    : `The data folder ${folder} is gone or was replaced: put it back, and Viva continues by itself`
}

/** Whether the lock that this process created is still there. The folder may have been replaced by another one with its own lock. */
function isOurs(file: string, ino: number): boolean {
  try {
    return statSync(file).ino === ino
  } catch (error) {
    // A disk that is temporarily unreadable doesn't take the lock away.
    return !isGone(error)
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')
}

/** The number stays, so that it is never created again. If this can't be written, the end of the process has the same effect. */
function tellReleased(file: string, me: Holder): void {
  const draft = draftIn(dirname(file))
  try {
    writeFileSync(draft, JSON.stringify({ ...me, released: true }))
    renameSync(draft, file)
  } catch {
    rmSync(draft, { force: true })
  }
}

/** Not named after the process: processes in two containers may have the same id and share the folder. */
function draftIn(folder: string): string {
  return join(folder, DRAFT_PREFIX + randomUUID())
}

/** Removes drafts of starters that were killed. A live starter whose draft this removes tries again, and finds the folder locked. */
function removeDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(DRAFT_PREFIX)) rmSync(join(folder, name), { force: true })
  }
}

/** Sends a heartbeat and checks the lock. @returns undefined when the disk is temporarily unreadable */
function lookAgain(folder: string, number: number, ino: number): State | undefined {
  try {
    if (newestLock(folder) > number) return 'taken'
    if (!isOurs(fileOf(folder, number), ino)) return 'gone'
    utimesSync(fileOf(folder, number), new Date(), new Date())
    return 'held'
  } catch (error) {
    return isGone(error) ? 'gone' : undefined
  }
}

/** Creates the lock together with its content; only one of several processes can create this number. */
function claim(folder: string, number: number, me: Holder): boolean {
  const draft = draftIn(folder)
  try {
    writeFileSync(draft, JSON.stringify(me))
    linkSync(draft, fileOf(folder, number))
    return true
  } catch (error) {
    const code = codeOf(error)
    if (code === 'EEXIST' || code === 'ENOENT') return false
    throw storageError(error)
  } finally {
    rmSync(draft, { force: true })
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // Removed in the meantime, or truncated by a power failure: no live process holds it.
    return undefined
  }
}

function newestLock(folder: string): number {
  return Math.max(0, ...lockNumbers(folder))
}

function lockNumbers(folder: string): number[] {
  return readdirSync(folder)
    .flatMap((name) => /^lock\.(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
}

function fileOf(folder: string, number: number): string {
  return join(folder, `lock.${number}`)
}
