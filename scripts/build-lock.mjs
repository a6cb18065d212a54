import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** An unreadable lock may still be in the middle of being written for this long. */
const MAX_WRITE_MS = 5_000

/** Lets one process build at a time. The file names it by its id and start time, because ids are reused. */
export class BuildLock {
  #file

  /** @param file created with its folder if missing */
  constructor(file) {
    this.#file = file
  }

  /**
   * Takes the lock, unless a running process holds it.
   * @throws with one line that says what to do when the file can't be written
   */
  async take() {
    const me = JSON.stringify({ pid: process.pid, began: await startOf(process.pid) })
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

  /** The id of the process that holds the lock; undefined if unknown. */
  async holder() {
    return (await this.#read())?.pid
  }

  async release() {
    await rm(this.#file, { force: true })
  }

  #refuse({ code }) {
    throw new Error(
      `${this.#file} can't be written (${code}): start as the owner of this folder, or have the owner run npm run build.`,
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
    if (holder !== undefined) return !isRunning(holder.pid) || (await startOf(holder.pid)) !== holder.began
    const writtenAt = await stat(this.#file).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    )
    return Date.now() - writtenAt > MAX_WRITE_MS
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
 * The boot of the system and the process's start time within it: field 22 of https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html.
 * @returns '' where the system doesn't report it: then only the id counts
 */
async function startOf(pid) {
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8')
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    return `${boot.trim()} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return ''
  }
}
