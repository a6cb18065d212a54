import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A lock that can't be read may be in the middle of being written for so long. */
const WRITING_MS = 5_000

/** Lets one process build at a time. The file says which: its id and when it began, because ids are given again. */
export class BuildLock {
  #file

  /** @param file is made with its folder */
  constructor(file) {
    this.#file = file
  }

  /**
   * Takes the lock, unless a process that still runs has it.
   * @throws with one line that says what to do when the file can't be written
   */
  async take() {
    const me = JSON.stringify({ pid: process.pid, began: await beganAt(process.pid) })
    await mkdir(dirname(this.#file), { recursive: true }).catch((error) => this.#refuse(error))
    try {
      await writeFile(this.#file, me, { flag: 'wx' })
      return true
    } catch (error) {
      if (error.code !== 'EEXIST') this.#refuse(error)
      if (await this.#isStale()) await rm(this.#file, { force: true })
      return false
    }
  }

  /** The id of the process that has it; undefined when none is known. */
  async holder() {
    return (await this.#read())?.pid
  }

  async release() {
    await rm(this.#file, { force: true })
  }

  #refuse({ code }) {
    throw new Error(
      `${this.#file} can't be written (${code}): start as the owner of this folder, or let them run npm run build.`,
    )
  }

  async #read() {
    try {
      const { pid, began } = JSON.parse(await readFile(this.#file, 'utf8'))
      return typeof pid === 'number' && typeof began === 'string' ? { pid, began } : undefined
    } catch {
      return undefined
    }
  }

  async #isStale() {
    const holder = await this.#read()
    if (holder !== undefined) return !isRunning(holder.pid) || (await beganAt(holder.pid)) !== holder.began
    const writtenAt = await stat(this.#file).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    )
    return Date.now() - writtenAt > WRITING_MS
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * Which boot of the system, and when within it: field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.
 * @returns '' where the system doesn't tell: then the id alone counts
 */
async function beganAt(pid) {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return `${boot.trim()} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return ''
  }
}
