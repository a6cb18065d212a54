import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isRunning, processRecord } from './processes.mjs'

/** An unreadable lock may still be in the middle of being written for this long. */
const MAX_WRITE_MS = 500
/** No build takes as long; the process named in the lock may be another one with the same id. */
const MAX_BUILD_MS = 20 * 60_000

/** Lets one process build at a time: two would only take longer. */
export class BuildLock {
  /** Its path. */
  file

  /** @param file created with its folder if missing */
  constructor(file) {
    this.file = file
  }

  /**
   * Takes the lock, unless a running process holds it.
   * @throws with one line that says what to do when the file can't be written
   */
  async take() {
    const me = JSON.stringify(processRecord())
    await mkdir(dirname(this.file), { recursive: true }).catch((error) => {
      throw notWritable(this.file, error)
    })
    try {
      await writeFile(this.file, me, { flag: 'wx' })
      return true
    } catch (error) {
      if (error.code !== 'EEXIST') throw notWritable(this.file, error)
      if (await this.#isStale()) await this.release()
      return false
    }
  }

  /** The id of the process that holds the lock; undefined if unknown. */
  async holder() {
    const { pid } = (await this.#read()) ?? {}
    return typeof pid === 'number' ? pid : undefined
  }

  async release() {
    await rm(this.file, { force: true }).catch((error) => {
      throw notWritable(this.file, error)
    })
  }

  async #read() {
    return readFile(this.file, 'utf8')
      .then(JSON.parse)
      .catch(() => undefined)
  }

  async #isStale() {
    const writtenAt = await stat(this.file).then(
      ({ mtimeMs }) => mtimeMs,
      () => Date.now(),
    )
    const ageMs = Date.now() - writtenAt
    if (isRunning(await this.#read())) return ageMs > MAX_BUILD_MS
    return (await this.holder()) !== undefined || ageMs > MAX_WRITE_MS
  }
}

/** The error for a place in the checkout that this user can't write to: one line that says what to do. */
export function notWritable(path, { code }) {
  return new Error(
    `${path} can't be written (${code}): start as the owner of this folder, or have the owner run npm run build.`,
  )
}
