import autocannon from 'autocannon'
import { BenchFault } from './bench-fault.ts'
import { percentile } from './statistics.ts'

/** One request as it is sent. */
export interface Asked {
  method: string
  path: string
  headers?: Record<string, string>
  body?: string
}

/** What a window is full of. */
export interface Demand {
  /** Requests under way at any moment. */
  connections: number
  /** A request, or a function that makes each one. */
  ask: Asked | (() => Asked)
  /** What every answer must have. */
  status: number
}

export interface Window {
  /** Answers a second. */
  rate: number
  answers: number
  /** Milliseconds. */
  p50: number
  p99: number
}

/** So many answers later, V8 has compiled what it will. */
const WARM = 3_000
const MOST_WARMING = 4

/** Asks until the code that answers is warm, or for four windows where that takes longer: Python has nothing to compile. */
export async function warmUp(origin: string, demand: Demand, seconds: number): Promise<void> {
  for (let answers = 0, windows = 0; answers < WARM && windows < MOST_WARMING; windows += 1) {
    answers += (await load(origin, demand, seconds)).answers
  }
}

/**
 * Keeps connections busy for some seconds.
 * @throws {BenchFault} when any answer has another status or is missing: such figures would compare different work
 */
export async function load(origin: string, demand: Demand, seconds: number): Promise<Window> {
  const { connections, ask, status } = demand
  const requests = typeof ask === 'function' ? [{ setupRequest: ask }] : [ask]
  const run = autocannon({
    url: origin,
    connections,
    duration: seconds,
    sampleInt: 50,
    requests,
  })
  const times: number[] = []
  const others = new Set<number>()
  run.on('response', (_client: unknown, answered: number, _bytes: number, milliseconds: number) => {
    times.push(milliseconds)
    if (answered !== status) others.add(answered)
  })
  const { errors, timeouts, duration } = await run
  if (others.size > 0 || errors > 0 || timeouts > 0) {
    const what = `${times.length} answers, statuses besides ${status}: ${[...others].join(', ') || 'none'}`
    throw new BenchFault(`${origin}: ${what}; ${errors} errors, ${timeouts} of them time-outs.`)
  }
  return {
    rate: times.length / duration,
    answers: times.length,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  }
}
