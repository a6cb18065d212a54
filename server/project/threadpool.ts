import { PoolBusy } from '../pools/pool-busy.ts'

/** Threads that FastAPI runs plain `def` handlers in: https://fastapi.tiangolo.com/async/, AnyIO's default limiter. */
const TOKENS = 40
const LONGEST_QUEUE = 1_000

interface Limiter {
  running: number
  waiting: (() => void)[]
}

const limiters = new Map<string, Limiter>()

/**
 * Runs `work` as FastAPI runs a plain `def`: 40 at once, the 41st stands in line. Each sandbox has threads of its own, as
 * each process of the original has; they are only counted here, since what waits on a timer needs no thread.
 * @throws {PoolBusy} when too many stand in line
 */
export async function runInThreadpool<T>(sandboxId: string, work: () => Promise<T>): Promise<T> {
  const limiter = limiters.get(sandboxId) ?? { running: 0, waiting: [] }
  limiters.set(sandboxId, limiter)
  if (limiter.running < TOKENS) limiter.running += 1
  else if (limiter.waiting.length >= LONGEST_QUEUE)
    throw new PoolBusy('Too many calls stand in line for a thread', 1)
  // Whoever ends hands its thread on, so `running` stays as it is.
  else await new Promise<void>((resolve) => limiter.waiting.push(resolve))
  try {
    return await work()
  } finally {
    const next = limiter.waiting.shift()
    if (next) next()
    else limiter.running -= 1
    if (limiter.running === 0) limiters.delete(sandboxId)
  }
}
