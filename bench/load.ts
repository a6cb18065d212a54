import autocannon from 'autocannon'
import { BenchFault } from './bench-fault.ts'
import { percentile } from './statistics.ts'

/** One request as it is sent. */
export interface Request {
  method: string
  path: string
  headers?: Record<string, string>
  body?: string
}

/** The load of a window. */
export interface Demand {
  /** Requests in flight at any moment. */
  connections: number
  /** The request, or a function that makes each one. */
  request: Request | (() => Request)
  /** The status that every response must have. */
  status: number
}

export interface Window {
  /** Responses per second. */
  rate: number
  answers: number
  /** Milliseconds. */
  p50: number
  p99: number
}

/** After this many responses V8 has compiled what it will. */
const WARM_RESPONSES = 3_000
const MAX_WARM_UP_WINDOWS = 4

/** Sends requests until the server's code is warm, for at most four windows: Python has nothing to compile. */
export async function warmUp(origin: string, demand: Demand, seconds: number): Promise<void> {
  for (
    let answers = 0, windows = 0;
    answers < WARM_RESPONSES && windows < MAX_WARM_UP_WINDOWS;
    windows += 1
  ) {
    answers += (await load(origin, demand, seconds)).answers
  }
}

/**
 * Keeps connections busy for some seconds.
 * @throws {BenchFault} when a response has another status or is missing: such figures would compare different work
 */
export async function load(origin: string, demand: Demand, seconds: number): Promise<Window> {
  const { connections, request, status } = demand
  const requests = typeof request === 'function' ? [{ setupRequest: request }] : [request]
  const run = autocannon({
    url: origin,
    connections,
    duration: seconds,
    sampleInt: 50,
    requests,
  })
  const times: number[] = []
  const others = new Set<number>()
  run.on('response', (_client: unknown, received: number, _bytes: number, milliseconds: number) => {
    times.push(milliseconds)
    if (received !== status) others.add(received)
  })
  const { errors, timeouts, duration } = await run
  if (others.size > 0 || errors > 0 || timeouts > 0) {
    const what = `${times.length} responses, statuses other than ${status}: ${[...others].join(', ') || 'none'}`
    throw new BenchFault(`${origin}: ${what}; ${errors} errors, ${timeouts} of them timeouts.`)
  }
  return {
    rate: times.length / duration,
    answers: times.length,
    p50: percentile(times, 50),
    p99: percentile(times, 99),
  }
}
