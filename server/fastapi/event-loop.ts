import { setTimeout as delay } from 'node:timers/promises'
import { inStep, type StepAbout } from '../trace/trace.ts'
import { CapacityLimiter } from './capacity-limiter.ts'
import type { Request } from './request.ts'

declare module './request.ts' {
  interface RequestState {
    /** The loop that runs this request; without one, nothing waits. */
    loop?: EventLoop
    /** The round of the loop that last held this request up. */
    resumedAfter?: number
  }
}

/** AnyIO's default: https://anyio.readthedocs.io/en/stable/threads.html */
const THREADS = 40
/** Requests sent together are accepted together: in Python several turns of the loop pass before a handler begins. */
const GATHER_MS = 5

/** When a blocking call began and ended, in milliseconds of `performance.now()`. */
export interface Span {
  started: number
  ended: number
}

/**
 * The event loop of one Python process and its thread pool, as the requests of that process see them. All `async def` code
 * shares one thread: while a call blocks it, no other request is accepted, continued or answered.
 *
 * Blocking calls run in rounds. Python's loop collects what has arrived and then runs all of it; so a round takes the calls
 * that have reached their handlers and runs one after another. When it is over, its answers leave first. Then requests that
 * arrived meanwhile begin, and their blocking calls make the next round, before any of them is answered.
 */
export class EventLoop {
  readonly threads = new CapacityLimiter(THREADS)
  /** Requests that run or wait. */
  requests = 0
  /** Milliseconds of blocking calls that run or wait. */
  pendingMs = 0
  #blockers: (() => Promise<void>)[] = []
  #rounds = 0
  /** Ends with the round that is running. */
  #running: Promise<void> | undefined
  /** Ends with the round that is about to run, or when none of its requests blocks. */
  #next: Promise<void> | undefined
  /** Ends when that round begins. */
  #gathering: Promise<void> | undefined

  /** Whether nothing blocks the loop, and nothing is about to. */
  get idle(): boolean {
    return this.#next === undefined && this.#running === undefined
  }

  /** Runs a whole request: waits until the loop accepts it, and until it may be answered. */
  async serve(request: Request, answer: () => Promise<void>): Promise<void> {
    this.requests += 1
    try {
      if (this.#running !== undefined) await inLoopStep(request, this.#running)
      await answer()
      if (!this.idle) await this.resume(request)
    } finally {
      this.requests -= 1
    }
  }

  /** Waits until a request would go on after an `await`. */
  async resume(request: Request): Promise<void> {
    // What a round has released goes on before the next one begins.
    if (request.state.resumedAfter === this.#rounds) return
    if (this.#running === undefined) await this.#gathering
    if (this.#running === undefined) return
    await inLoopStep(request, this.#running)
    request.state.resumedAfter = this.#rounds
  }

  /** What `time.sleep` in an `async def` does: the loop stands still. */
  async block(request: Request, ms: number): Promise<Span> {
    this.pendingMs += ms
    const span: Span = { started: 0, ended: 0 }
    const first = this.#running === undefined && this.#blockers.length === 0
    const turn = new Promise<void>((begin) => {
      this.#blockers.push(async () => {
        begin()
        span.started = performance.now()
        await delay(ms)
        span.ended = performance.now()
        this.pendingMs -= ms
      })
    })
    const round = (this.#next ??= this.#runRound())
    if (!first) await inLoopStep(request, turn)
    await round
    request.state.resumedAfter = this.#rounds
    return span
  }

  async #runRound(): Promise<void> {
    await this.#running
    this.#gathering = delay(GATHER_MS)
    await this.#gathering
    this.#running = this.#next
    this.#next = undefined
    const blockers = this.#blockers.splice(0)
    if (blockers.length > 0) this.#rounds += 1
    for (const block of blockers) await block()
    this.#running = undefined
    if (blockers.length > 0) this.#next ??= this.#runRound()
  }
}

const LOOP_STEP: StepAbout = {
  name: 'event_loop.wait',
  kind: 'wait',
  title: 'Waited for the event loop',
  detail: { kind: 'handler', summary: 'Another request in this sandbox was blocking it.' },
}

function inLoopStep(request: Request, round: Promise<void>): Promise<void> {
  return inStep(request.state.trace, LOOP_STEP, () => round)
}
