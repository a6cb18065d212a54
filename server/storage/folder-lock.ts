import {
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DataFolderInUse } from './errors.ts'
import { HEARTBEAT, Holder, isAlive, thisProcess } from './lock-holder.ts'

export interface FolderLock {
  /** False once another process has taken the folder over. */
  held: () => boolean
  release: () => void
}

/**
 * Takes the folder for this process alone. Locks are numbered, and the highest number holds: taking over from a process
 * that was killed means to make the next number, which only one can do. A number is never made twice, so a slow starter
 * finds that it came late.
 * @throws {DataFolderInUse} with one line that says who holds it
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const me = thisProcess()
  for (;;) {
    const newest = newestLock(folder)
    const holder = newest > 0 ? readHolder(fileOf(folder, newest)) : undefined
    if (holder && (await isAlive(holder, fileOf(folder, newest)))) {
      throw new DataFolderInUse(
        `The data folder ${folder} is in use by process ${holder.pid} on ${holder.host}: ` +
          'stop that one, or set DATA_DIR to another folder.',
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
  let held = true
  const beat = setInterval(() => (held &&= showLife(file) && newestLock(folder) === number), HEARTBEAT)
  beat.unref()
  return {
    held: () => held,
    release: () => {
      clearInterval(beat)
      // The number stays, so that it isn't made again.
      if (existsSync(file)) writeHolder(file, { ...me, released: true })
    },
  }
}

/** @returns false when the lock is gone */
function showLife(file: string): boolean {
  try {
    utimesSync(file, new Date(), new Date())
    return true
  } catch (error) {
    // A disk that can't be written to at the moment takes no lock away.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

/** Makes the lock with its content at once; only one of several processes can make this number. */
function claim(folder: string, number: number, me: Holder): boolean {
  const draft = join(folder, `.lock-${process.pid}`)
  writeFileSync(draft, JSON.stringify(me))
  try {
    linkSync(draft, fileOf(folder, number))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function writeHolder(file: string, holder: Holder): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, JSON.stringify(holder))
  renameSync(draft, file)
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
