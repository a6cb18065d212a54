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
import { HEARTBEAT, Holder, isAlive, thisProcess } from './lock-holder.ts'

const DRAFT = '.lock-'
/** Milliseconds after which a folder that was gone is looked for again, when something is asked of it. */
const RETRY = 200

export interface FolderLock {
  /** False while the folder is gone, and once another process has taken it over. */
  held: () => boolean
  /**
   * Makes sure, just before a write, that it goes into the folder that is locked.
   * @throws {StorageUnavailable} saying what happened to it
   */
  assertHeld: () => void
  release: () => void
}

type State = 'held' | 'gone' | 'taken'

/**
 * Takes the folder for this process alone. Locks are numbered, and the highest number holds: taking over from a process
 * that was killed means to make the next number, which only one can do. A number is never made twice, so a slow starter
 * finds that it came late.
 * @throws {DataFolderInUse} with one line that says who holds it, or {StorageFull | StorageUnavailable}
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const me = thisProcess()
  for (;;) {
    const newest = newestLock(folder)
    const holder = newest > 0 ? readHolder(fileOf(folder, newest)) : undefined
    if (holder && (await isAlive(holder, fileOf(folder, newest)))) {
      throw new DataFolderInUse(
        `The data folder ${folder} is in use by process ${holder.pid} on ${holder.host}: ` +
          'stop that process, or set DATA_DIR to another folder.',
      )
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
    const isOld = Math.abs(Date.now() - checkedAt) > (state === 'held' ? 2 * HEARTBEAT : RETRY)
    // A process that was stopped for a while may have been taken for dead.
    if (isOld) check()
    return state === 'held'
  }
  const beat = setInterval(check, HEARTBEAT)
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

function messageOf(state: State, folder: string): string {
  return state === 'taken'
    ? 'Another process has taken over the data folder'
    : `The data folder ${folder} is gone or was replaced: put it back, and Viva continues by itself`
}

/** Whether the lock that this process made still stands there. The folder may be another one by now, with a lock of its own. */
function isOurs(file: string, ino: number): boolean {
  try {
    return statSync(file).ino === ino
  } catch (error) {
    // A disk that can't be asked at the moment takes no lock away.
    return !isGone(error)
  }
}

function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')
}

/** The number stays, so that it isn't made again. Where this can't be written, the process's end says the same. */
function tellReleased(file: string, me: Holder): void {
  const draft = draftIn(dirname(file))
  try {
    writeFileSync(draft, JSON.stringify({ ...me, released: true }))
    renameSync(draft, file)
  } catch {
    rmSync(draft, { force: true })
  }
}

/** Not named by the process: two containers may give theirs one id, and share the folder. */
function draftIn(folder: string): string {
  return join(folder, DRAFT + randomUUID())
}

/** Those of starters that were killed; another one whose draft this takes begins again, and finds the folder held. */
function removeDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(DRAFT)) rmSync(join(folder, name), { force: true })
  }
}

/** Shows a sign of life. @returns undefined when the disk can't be asked at the moment */
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

/** Makes the lock with its content at once; only one of several processes can make this number. */
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
    // Gone meanwhile, or cut by a power failure: nobody alive holds it.
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
