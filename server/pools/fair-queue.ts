import { PoolBusy } from './pool-busy.ts'

/** For whom work is done. */
export interface Owner {
  address: string
  sandbox: string
  /** Whether the caller has left: then work that waits is dropped. */
  gone?: () => boolean
}

export interface FairQueueOptions {
  /** What the caller is told when there is no room. */
  refusal: string
  /** Pieces of work that run at once. */
  slots: number
  /** Of these, the most that one address may have; all of them unless given. */
  slotsOfAddress?: number
  /** Pieces that may run and wait. */
  capacity: number
  capacityOfAddress: number
  capacityOfSandbox: number
  /** Milliseconds that a piece takes; measured from the first one on. */
  expectedMs: number
}

interface Piece {
  owner: Owner
  begin: () => void
  drop: (reason: PoolBusy) => void
}

/** The longest that anyone is sent away for, in seconds. */
const MAX_RETRY_AFTER = 60

/**
 * A queue in which nobody waits for another's pile: addresses take turns, and within an address its sandboxes do.
 */
export class FairQueue {
  readonly #options: FairQueueOptions
  /** Waiting work by address and sandbox. Whoever's turn is next stands first. */
  readonly #waiting = new Map<string, Map<string, Piece[]>>()
  readonly #running = new Map<string, number>()
  readonly #count = new Map<string, number>()
  #slotsInUse = 0
  #pending = 0
  #refused = 0
  #meanMs: number
  /** When those of an address who were sent away have all had their turn, in milliseconds of `performance.now()`. */
  readonly #promised = new Map<string, number>()

  constructor(options: FairQueueOptions) {
    this.#options = options
    this.#meanMs = options.expectedMs
  }

  /** How much runs and waits, how often there was no room, and how long a piece takes. */
  get numbers(): { pending: number; refused: number; meanMs: number } {
    return { pending: this.#pending, refused: this.#refused, meanMs: this.#meanMs }
  }

  /**
   * Runs `work` when it is its owner's turn.
   * @throws {PoolBusy} when there is no room, or the owner has left meanwhile; nothing was begun then
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

  /** Those who are sent away are told to return one after another, as fast as the work before them is done. */
  #retryAfter(address: string): number {
    const now = performance.now()
    const ms = this.#meanMs / this.#options.slots
    const promised =
      Math.max(this.#promised.get(address) ?? 0, now + (this.#count.get(address) ?? 0) * ms) + ms
    this.#promised.set(address, Math.min(promised, now + MAX_RETRY_AFTER * 1000))
    return Math.min(MAX_RETRY_AFTER, Math.max(1, Math.ceil((promised - now) / 1000)))
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
        piece.drop(new PoolBusy('The caller has left', 1))
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
    if (!this.#count.has(address)) this.#promised.delete(address)
  }
}

function decrease(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 1) - 1
  if (left > 0) counts.set(key, left)
  else counts.delete(key)
}
