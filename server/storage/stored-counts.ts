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

/** Counts what is stored every minute, so that neither a request nor a scrape of the metrics ever waits for it. */
export class StoredCounts {
  readonly #count: () => Promise<Counts>
  readonly #timer: NodeJS.Timeout
  #counting: Promise<void> | undefined
  /** As last counted; undefined before that. It stays while the storage can't be read. */
  latest: Counts | undefined

  constructor(count: () => Promise<Counts>) {
    this.#count = count
    this.#timer = setInterval(() => void this.measure(), COUNT_INTERVAL_MS).unref()
    void this.measure()
  }

  /** A storage that takes longer than the interval is asked once. */
  measure(): Promise<void> {
    this.#counting ??= this.#count()
      .then(
        (counts) => void (this.latest = counts),
        () => undefined,
      )
      .finally(() => (this.#counting = undefined))
    return this.#counting
  }

  close(): void {
    clearInterval(this.#timer)
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
