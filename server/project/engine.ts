import type { Request } from '../fastapi/request.ts'
import { QueuePool, type QueuePoolOptions } from '../sqlalchemy/queue-pool.ts'
import { inStep, type StepAbout } from '../trace/trace.ts'
import { perProcess } from './per-process.ts'
import { blockingSleep } from './sleep.ts'

/** A connection that must be closed: that gives it back to its pool. */
export interface Connection {
  close(): void
}

/** An engine that has nothing but a pool: how long each caller holds a connection is all that matters here. */
export class Engine {
  readonly #poolOf: (request: Request) => QueuePool
  readonly #step: StepAbout

  /** @param region of the engine, in both twins */
  constructor(region: string, pool: QueuePoolOptions) {
    this.#poolOf = perProcess(() => new QueuePool(pool))
    this.#step = {
      name: region,
      kind: 'wait',
      title: 'Connection taken from the pool',
      detail: { kind: 'handler', summary: 'The pool has 15: 5 that are kept and 10 more on demand.' },
    }
  }

  /** `engine.connect()` in a plain `def`. @throws {TimeoutError} when no connection is given back in time */
  connect(request: Request): Promise<Connection> {
    return this.#connect(request, (pool) => pool.acquire())
  }

  /**
   * `engine.connect()` in an `async def`: it waits on the event loop, so that no one can give a connection back.
   * @throws {TimeoutError} when none was free
   */
  connectOnEventLoop(request: Request): Promise<Connection> {
    return this.#connect(request, async (pool) => {
      if (pool.tryAcquire()) return
      await blockingSleep(request, pool.timeoutMs)
      if (!pool.tryAcquire()) throw pool.timedOut()
    })
  }

  async #connect(request: Request, acquire: (pool: QueuePool) => Promise<void>): Promise<Connection> {
    const pool = this.#poolOf(request)
    await inStep(request.state.trace, this.#step, () => acquire(pool))
    return { close: () => pool.release() }
  }
}
