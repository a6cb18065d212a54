import { Tinypool } from 'tinypool'
import { workerUrl } from '../workers/worker-url.ts'
import { PoolBusy } from './pool-busy.ts'

/** Threads that wait cost memory, not time on a core. */
const THREADS = 8
/** Milliseconds of blocking that one sandbox may have waiting for it. */
const LONGEST_QUEUE = 20_000
const LONGEST_QUEUE_OF_ALL = 200_000

/** When a call began and ended, in milliseconds of `performance.now()`. */
export interface Span {
  started: number
  ended: number
}

let pool: Tinypool | undefined
let waitingOfAll = 0
const lines = new Map<string, { last: Promise<unknown>; waiting: number }>()

/**
 * What `time.sleep` in an `async def` does to an event loop: calls of one sandbox run one after another. The thread that is
 * held is a worker of its own, so nobody else waits.
 * @param ms how long each one blocks
 * @throws {PoolBusy} when the sandbox has too much waiting already
 */
export async function block(sandboxId: string, ms: number): Promise<Span> {
  const line = lines.get(sandboxId) ?? { last: Promise.resolve(), waiting: 0 }
  if (line.waiting + ms > LONGEST_QUEUE || waitingOfAll + ms > LONGEST_QUEUE_OF_ALL) {
    throw new PoolBusy('Too many blocking calls are waiting', Math.ceil(line.waiting / 1000) || 1)
  }
  lines.set(sandboxId, line)
  line.waiting += ms
  waitingOfAll += ms
  const turn = line.last.then(() => hold(ms))
  const settled = turn.catch(() => undefined)
  line.last = settled
  try {
    return await turn
  } finally {
    line.waiting -= ms
    waitingOfAll -= ms
    if (line.last === settled) lines.delete(sandboxId)
  }
}

/** Ends the threads. What still waits is refused. */
export async function closeBlocking(): Promise<void> {
  const closing = pool
  pool = undefined
  await closing?.destroy()
}

async function hold(ms: number): Promise<Span> {
  pool ??= new Tinypool({
    filename: workerUrl('blocking').href,
    minThreads: 0,
    maxThreads: THREADS,
    idleTimeout: 10_000,
  })
  const { started, ended } = (await pool.run(ms)) as Span
  // Threads have each their own `performance.now()`; the monotonic clock below it is one.
  const ahead = Number(process.hrtime.bigint()) / 1e6 - performance.now()
  return { started: started - ahead, ended: ended - ahead }
}
