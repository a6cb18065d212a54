import type { Storage } from './storage.ts'

const COUNT_INTERVAL_MS = 60_000
/** What the names of streams begin with. */
const KINDS = { interviews: 'interview-', rooms: 'room-', studyCopies: 'study-' } as const

/** How many of each are stored, on all instances together. */
export interface Counts {
  sandboxes: number
  interviews: number
  rooms: number
  studyCopies: number
}

/**
 * Counts what is stored every minute, so that neither a request nor a scrape of the metrics ever waits for it. A count that took long is
 * repeated later: counting may take a hundredth of the time.
 */
export class StoredCounts {
  readonly #count: () => Promise<Counts>
  #timer: NodeJS.Timeout | undefined
  #closed = false
  /** As last counted; undefined before that. It stays while the storage can't be read. */
  latest: Counts | undefined

  constructor(count: () => Promise<Counts>) {
    this.#count = count
    void this.#measure()
  }

  close(): void {
    this.#closed = true
    clearTimeout(this.#timer)
  }

  async #measure(): Promise<void> {
    const began = performance.now()
    this.latest = await this.#count().catch(() => this.latest)
    if (this.#closed) return
    const pauseMs = Math.max(COUNT_INTERVAL_MS, 100 * (performance.now() - began))
    this.#timer = setTimeout(() => void this.#measure(), pauseMs).unref()
  }
}

/** @throws {StorageUnavailable}, or the database's error */
export async function countStored(storage: Storage): Promise<Counts> {
  if (storage.pool === undefined) return countFiles(storage)
  const ofKind = (name: keyof typeof KINDS) =>
    `count(*) FILTER (WHERE stream LIKE '${KINDS[name]}%')::integer AS "${name}"`
  // Each stream has exactly one first event, and the index has its number: the events themselves aren't read.
  const { rows } = await storage.pool.query<Counts>(
    `SELECT (SELECT count(*)::integer FROM sandboxes) AS sandboxes,
            ${ofKind('interviews')}, ${ofKind('rooms')}, ${ofKind('studyCopies')}
       FROM events WHERE number = 1`,
  )
  return rows[0]!
}

async function countFiles(storage: Storage): Promise<Counts> {
  const streams = async (name: keyof typeof KINDS) => (await storage.events.heads(KINDS[name])).length
  return {
    sandboxes: (await storage.sandboxIds()).length,
    interviews: await streams('interviews'),
    rooms: await streams('rooms'),
    studyCopies: await streams('studyCopies'),
  }
}
