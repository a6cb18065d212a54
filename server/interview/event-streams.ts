import type { ServerResponse } from 'node:http'
import type { Context } from 'koa'
import { onceClosed } from '../http/open-answers.ts'
import { clientOf } from '../limits/client-address.ts'

/** Milliseconds between two signs of life: proxies end what is silent for a minute, and a browser knows when it is cut off. */
const HEARTBEAT = 10_000
/** Bytes that may wait for a reader who is slow. Whoever lags further is cut off, and comes back to a whole view. */
const MOST_WAITING = 64 * 1024
const MOST = 5_000
const MOST_OF_ADDRESS = 1_500
/** Tabs of one person in one room. */
const MOST_OF_SEAT = 8

export interface EventStream {
  /** @param id of the event, growing */
  send(id: number, message: object): void
  /** Ends it from this side. */
  end(): void
}

/** The streams of server-sent events that this process holds open: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class EventStreams {
  readonly #open = new Map<ServerResponse, { address: string; seat: string }>()
  readonly #heartbeat: NodeJS.Timeout
  #closing = false

  constructor() {
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT).unref()
  }

  get size(): number {
    return this.#open.size
  }

  /** @returns why no further stream is opened for this person, or null */
  refuses(ctx: Context, seat: string): { status: 429 | 503; detail: string } | null {
    if (this.#closing) return { status: 503, detail: 'The server is shutting down' }
    if (this.#open.size >= MOST) return { status: 503, detail: 'Too many event streams are open' }
    const address = clientOf(ctx)
    const all = [...this.#open.values()]
    if (all.filter((one) => one.seat === seat).length >= MOST_OF_SEAT) {
      return { status: 429, detail: `A room can be open in at most ${MOST_OF_SEAT} tabs` }
    }
    if (all.filter((one) => one.address === address).length >= MOST_OF_ADDRESS) {
      return { status: 429, detail: 'Too many event streams are open from your address' }
    }
    return null
  }

  /** Answers with a stream. @param ended is called once, however it ends */
  begin(ctx: Context, seat: string, ended: () => void): EventStream {
    const { res } = ctx
    // Koa would wait for a whole body.
    ctx.respond = false
    ctx.status = 200
    ctx.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      // nginx would collect what is sent.
      'X-Accel-Buffering': 'no',
    })
    res.statusCode = 200
    res.flushHeaders()
    this.#open.set(res, { address: clientOf(ctx), seat })
    // The reader may have gone while the room was read.
    onceClosed(res, () => {
      this.#open.delete(res)
      ended()
    })
    // A reader who goes away while it is written to is no fault.
    res.on('error', () => undefined)
    // The first message holds everything, and may be larger than what may wait afterwards.
    let first = 0
    let begun = false
    res.on('drain', () => (first = 0))
    return {
      send: (id, message) => {
        if (res.writableEnded || res.destroyed) return
        if (res.writableLength > first + MOST_WAITING) return void res.destroy()
        const whole = res.write(`id: ${id}\ndata: ${JSON.stringify(message)}\n\n`)
        if (!whole && !begun) first = res.writableLength
        begun = true
      },
      end: () => res.end(),
    }
  }

  /** Ends all of them: their readers come back to another instance, or when this one is back. */
  close(): void {
    this.#closing = true
    clearInterval(this.#heartbeat)
    for (const res of this.#open.keys()) res.end()
  }

  #beat(): void {
    for (const res of this.#open.keys()) {
      if (res.writableLength > MOST_WAITING) res.destroy()
      else res.write(': here\n\n')
    }
  }
}
