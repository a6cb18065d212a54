import { statfs } from 'node:fs/promises'

const LOOK_INTERVAL_MS = 60_000

export interface FreeDiskOptions {
  folder: string
  /** Bytes below which it warns; 0 disables the warning. */
  warnBelow: number
  /** Called once when there is less than that, and again after there was more. */
  warn: (freeBytes: number) => void
  /** @returns bytes that this user may still write */
  look?: (folder: string) => Promise<number>
}

/** How much room the disk of a folder has left, looked at once a minute: a disk that fills up is reported before writes are refused. */
export class FreeDisk {
  readonly #options: Required<FreeDiskOptions>
  readonly #timer: NodeJS.Timeout
  #warned = false
  /** Bytes, as of the last look; undefined before it, and where the system doesn't tell. */
  bytes: number | undefined

  constructor(options: FreeDiskOptions) {
    this.#options = { look: freeBytesOf, ...options }
    this.#timer = setInterval(() => void this.look(), LOOK_INTERVAL_MS).unref()
    void this.look()
  }

  async look(): Promise<void> {
    const { folder, warnBelow, warn, look } = this.#options
    this.bytes = await look(folder).catch(() => undefined)
    const isLow = this.bytes !== undefined && this.bytes < warnBelow
    if (isLow && !this.#warned) warn(this.bytes ?? 0)
    this.#warned = isLow
  }

  close(): void {
    clearInterval(this.#timer)
  }
}

async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
