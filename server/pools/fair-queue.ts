/** More work is waiting than is reasonable to wait for. Nothing was started. */
export class PoolBusy extends Error {
  override name = 'PoolBusy'
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number

  constructor(message: string, retryAfter: number) {
    super(message)
    this.retryAfter = retryAfter
  }
}

/** The caller that work is done for. */
export interface Owner {
  address: string
  sandbox: string
  /** Whether the caller has disconnected: then its waiting work is dropped. */
  gone?: () => boolean
}

export interface FairQueueOptions {
  /** The message when there is no room. */
  refusal: string
  /** Pieces of work that run at once. */
  slots: number
  /** The most of these that one address may use; all of them by default. */
  slotsOfAddress?: number
  /** Pieces that may run and wait. */
  capacity: number
  capacityOfAddress: number
  capacityOfSandbox: number
  /** Milliseconds that a piece is expected to take, until the first one is measured. */
  expectedMs: number
}

interface Piece {
  owner: Owner
  begin: () => void
  drop: (reason: PoolBusy) => void
}

const MAX_RETRY_AFTER_SECONDS = 60

/**
 * A queue in which no one waits for another caller's backlog: addresses take turns, and so do the sandboxes of an address.
 */
export class FairQueue {
  readonly #options: FairQueueOptions
  /** Waiting work by address and sandbox; the next in turn comes first. */
  readonly #waiting = new Map<string, Map<string, Piece[]>>()
  readonly #running = new Map<string, number>()
  readonly #count = new Map<string, number>()
  #slotsInUse = 0
  #pending = 0
  #refused = 0
  #meanMs: number
  /** When the refused callers of an address will all have had their turn, in milliseconds of `performance.now()`. */
  readonly #retryAt = new Map<string, number>()

  constructor(options: FairQueueOptions) {
    this.#options = options
    this.#meanMs = options.expectedMs
  }

  /** How much is running and waiting, how often there was no room, and how long a piece takes. */
  get numbers(): { pending: number; refused: number; meanMs: number } {
    return { pending: this.#pending, refused: this.#refused, meanMs: this.#meanMs }
  }

  /**
   * Runs `work` when it is its owner's turn.
   * @throws {PoolBusy} when there is no room, or the owner has disconnected meanwhile; nothing was started then
   */
  async run<T>(owner: Owner, work: () => Promise<T>): Promise<T> {
    if (this.#isFull(owner)) {
      this.#refused += 1
      throw new PoolBusy(this.#options.refusal, this.#retryAfter(owner.address))
    }
    this.#change(owner, 1)
    try {
      await this.#turn(owner)
      const began = performance.now()
      try {
        return await work()
      } finally {
        this.#meanMs += (performance.now() - began - this.#meanMs) / 16
        this.#leaveSlot(owner)
      }
    } finally {
      this.#change(owner, -1)
    }
  }

  #isFull({ address, sandbox }: Owner): boolean {
    const { capacity, capacityOfAddress, capacityOfSandbox } = this.#options
    return (
      this.#pending >= capacity ||
      (this.#count.get(address) ?? 0) >= capacityOfAddress ||
      (this.#count.get(`${address} ${sandbox}`) ?? 0) >= capacityOfSandbox
    )
  }

  /** Refused callers are asked to come back one after another, as fast as the work before them gets done. */
  #retryAfter(address: string): number {
    const now = performance.now()
    const ms = this.#meanMs / this.#options.slots
    const retryAt = Math.max(this.#retryAt.get(address) ?? 0, now + (this.#count.get(address) ?? 0) * ms) + ms
    this.#retryAt.set(address, Math.min(retryAt, now + MAX_RETRY_AFTER_SECONDS * 1000))
    return Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(1, Math.ceil((retryAt - now) / 1000)))
  }

  #turn(owner: Owner): Promise<void> {
    return new Promise((begin, drop) => {
      const ofAddress = this.#waiting.get(owner.address) ?? new Map<string, Piece[]>()
      const ofSandbox = ofAddress.get(owner.sandbox) ?? []
      ofSandbox.push({ owner, begin, drop })
      ofAddress.set(owner.sandbox, ofSandbox)
      this.#waiting.set(owner.address, ofAddress)
      this.#startNext()
    })
  }

  #startNext(): void {
    while (this.#slotsInUse < this.#options.slots) {
      const piece = this.#takeNext()
      if (piece === undefined) return
      if (piece.owner.gone?.() === true) {
        piece.drop(new PoolBusy('The caller has disconnected', 1))
        continue
      }
      this.#slotsInUse += 1
      this.#running.set(piece.owner.address, (this.#running.get(piece.owner.address) ?? 0) + 1)
      piece.begin()
    }
  }

  #takeNext(): Piece | undefined {
    for (const [address, ofAddress] of this.#waiting) {
      if ((this.#running.get(address) ?? 0) >= (this.#options.slotsOfAddress ?? Infinity)) continue
      const [entry] = ofAddress
      if (entry === undefined) continue
      const [sandbox, pieces] = entry
      const piece = pieces.shift()
      // To the end of the line, or out of it.
      ofAddress.delete(sandbox)
      if (pieces.length > 0) ofAddress.set(sandbox, pieces)
      this.#waiting.delete(address)
      if (ofAddress.size > 0) this.#waiting.set(address, ofAddress)
      return piece
    }
    return undefined
  }

  #leaveSlot({ address }: Owner): void {
    this.#slotsInUse -= 1
    decrease(this.#running, address)
    this.#startNext()
  }

  #change({ address, sandbox }: Owner, by: 1 | -1): void {
    this.#pending += by
    for (const key of [address, `${address} ${sandbox}`]) {
      if (by === 1) this.#count.set(key, (this.#count.get(key) ?? 0) + 1)
      else decrease(this.#count, key)
    }
    if (!this.#count.has(address)) this.#retryAt.delete(address)
  }
}

function decrease(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 1) - 1
  if (left > 0) counts.set(key, left)
  else counts.delete(key)
}
