import { statfs } from 'node:fs/promises'

const CHECK_INTERVAL_MS = 60_000

export interface FreeDiskOptions {
  folder: string
  /** Bytes below which it warns; 0 disables the warning. */
  warnBelowBytes: number
  /** Called once when there is less than that, and again after there has been more. */
  warn: (freeBytes: number) => void
  /** @returns bytes that this user may still write */
  measure?: (folder: string) => Promise<number>
}

/** Free space on the disk of a folder, measured every minute: a disk that fills up is reported before writes are refused. */
export class FreeDisk {
  readonly #options: Required<FreeDiskOptions>
  readonly #timer: NodeJS.Timeout
  #warned = false
  /** Bytes, as last measured; undefined before that, and where the system doesn't report it. */
  bytes: number | undefined

  constructor(options: FreeDiskOptions) {
    this.#options = { measure: freeBytesOf, ...options }
    this.#timer = setInterval(() => void this.measure(), CHECK_INTERVAL_MS).unref()
    void this.measure()
  }

  async measure(): Promise<void> {
    const { folder, warnBelowBytes, warn, measure } = this.#options
    this.bytes = await measure(folder).catch(() => undefined)
    const isLow = this.bytes !== undefined && this.bytes < warnBelowBytes
    if (isLow && !this.#warned) warn(this.bytes ?? 0)
    this.#warned = isLow
  }

  close(): void {
    clearInterval(this.#timer)
  }
}

/** Bytes that this user may still write to the disk of a folder. */
export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
