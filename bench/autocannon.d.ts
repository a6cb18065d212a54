/** The part of autocannon's API that is used here: https://github.com/mcollina/autocannon#api */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  interface Request {
    method?: string
    path?: string
    headers?: Record<string, string>
    body?: string
    /** Called before each request; what it returns is sent. */
    setupRequest?: (request: Request) => Request
  }

  interface Options {
    url: string
    connections: number
    /** Seconds. */
    duration: number
    /** Milliseconds between two checks of whether the duration is over. */
    sampleInt: number
    requests: Request[]
  }

  interface Result {
    errors: number
    timeouts: number
    /** Seconds that the run actually took. */
    duration: number
  }

  /** Emits `response` with (client, status, bytes, milliseconds). */
  type Run = EventEmitter & PromiseLike<Result>

  export default function autocannon(options: Options): Run
}
