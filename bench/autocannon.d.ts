/** What of autocannon's API is used here: https://github.com/mcollina/autocannon#api */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events'

  interface Asked {
    method?: string
    path?: string
    headers?: Record<string, string>
    body?: string
    /** Called before every request that is sent; what it returns is sent. */
    setupRequest?: (request: Asked) => Asked
  }

  interface Options {
    url: string
    connections: number
    /** Seconds. */
    duration: number
    /** Milliseconds between two looks at whether the duration is over. */
    sampleInt: number
    requests: Asked[]
  }

  interface Result {
    errors: number
    timeouts: number
    /** Seconds that it really took. */
    duration: number
  }

  /** Emits `response` with (client, status, bytes, milliseconds). */
  type Run = EventEmitter & PromiseLike<Result>

  export default function autocannon(options: Options): Run
}
