import { setTimeout as delay } from 'node:timers/promises'
import { CapacityLimiter } from '../fastapi/capacity-limiter.ts'
import type { Span } from '../fastapi/event-loop.ts'
import type { Request } from '../fastapi/request.ts'
import { PoolBusy } from '../pools/fair-queue.ts'

/** Milliseconds of calls that run one after another and may be pending in one process. */
const MAX_PENDING_MS = 20_000

/** `await asyncio.sleep`: the event loop serves others meanwhile. */
export async function sleep(request: Request, ms: number): Promise<void> {
  await delay(ms)
  await request.state.loop?.resume(request)
}

/**
 * `time.sleep` in an `async def`: everyone else in the sandbox waits.
 * @throws {PoolBusy} when too much blocking is pending
 */
export async function blockingSleep(request: Request, ms: number): Promise<Span> {
  const { loop } = request.state
  if (loop === undefined) throw new Error('A request needs an event loop to block it')
  if (loop.pendingMs + ms > MAX_PENDING_MS) {
    throw new PoolBusy('Too many blocking calls are waiting', Math.ceil(loop.pendingMs / 1000))
  }
  return loop.block(request, ms)
}

/** `asyncio.Lock` around `asyncio.sleep`: one call at a time, and the event loop serves everyone else. */
export class SleepInTurn {
  #pendingMs = 0
  readonly #lock = new CapacityLimiter(1)

  /** @throws {PoolBusy} when too many calls wait for their turn */
  async sleep(request: Request, ms: number): Promise<Span> {
    if (this.#pendingMs + ms > MAX_PENDING_MS) {
      throw new PoolBusy('Too many calls are waiting for their turn', Math.ceil(this.#pendingMs / 1000))
    }
    this.#pendingMs += ms
    await this.#lock.acquire()
    try {
      const started = performance.now()
      await sleep(request, ms)
      return { started, ended: performance.now() }
    } finally {
      this.#pendingMs -= ms
      this.#lock.release()
    }
  }
}
