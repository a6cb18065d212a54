import type { ServerResponse } from 'node:http'
import type { Context } from 'koa'
import { onceClosed } from '../http/open-answers.ts'
import { clientOf } from '../limits/client-address.ts'

/** Interval of heartbeats: proxies close what is silent for a minute, and a browser notices when it is cut off. */
const HEARTBEAT_MS = 10_000
/** How much may be buffered for a slow reader. One that falls further behind is disconnected, and gets a whole view on reconnecting. */
const MAX_BUFFERED_BYTES = 64 * 1024
const MAX_STREAMS = 5_000
const MAX_STREAMS_PER_ADDRESS = 1_500
/** Tabs of one person in one room. */
const MAX_STREAMS_PER_SEAT = 8

export interface EventStream {
  /** @param id the event's, always increasing */
  send(id: number, message: object): void
  /** Ends the stream from this side. */
  end(): void
}

/** The streams of server-sent events that this process holds open: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export class EventStreams {
  readonly #open = new Map<ServerResponse, { address: string; seat: string }>()
  readonly #heartbeat: NodeJS.Timeout
  #closing = false

  constructor() {
    this.#heartbeat = setInterval(() => this.#beat(), HEARTBEAT_MS).unref()
  }

  get size(): number {
    return this.#open.size
  }

  /** @returns why no further stream is opened for this person, or null */
  refusalFor(ctx: Context, seat: string): { status: 429 | 503; detail: string } | null {
    if (this.#closing) return { status: 503, detail: 'The server is shutting down' }
    if (this.#open.size >= MAX_STREAMS) return { status: 503, detail: 'Too many event streams are open' }
    const address = clientOf(ctx)
    const all = [...this.#open.values()]
    if (all.filter((one) => one.seat === seat).length >= MAX_STREAMS_PER_SEAT) {
      return { status: 429, detail: `A room can be open in at most ${MAX_STREAMS_PER_SEAT} tabs` }
    }
    if (all.filter((one) => one.address === address).length >= MAX_STREAMS_PER_ADDRESS) {
      return { status: 429, detail: 'Too many event streams are open from your address' }
    }
    return null
  }

  /** Responds with a stream. @param ended is called once, however it ends */
  begin(ctx: Context, seat: string, ended: () => void): EventStream {
    const { res } = ctx
    // Koa would wait for a whole body.
    ctx.respond = false
    ctx.status = 200
    ctx.set({
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store, no-transform',
      // nginx would buffer what is sent.
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
    // A reader that disconnects during a write is not an error.
    res.on('error', () => undefined)
    // The first message contains everything, and may be larger than the buffer that is allowed afterwards.
    let first = 0
    let begun = false
    res.on('drain', () => (first = 0))
    return {
      send: (id, message) => {
        if (res.writableEnded || res.destroyed) return
        if (res.writableLength > first + MAX_BUFFERED_BYTES) return void res.destroy()
        const whole = res.write(`id: ${id}\ndata: ${JSON.stringify(message)}\n\n`)
        if (!whole && !begun) first = res.writableLength
        begun = true
      },
      end: () => res.end(),
    }
  }

  /** Ends all streams: their readers reconnect to another instance, or to this one after a restart. */
  close(): void {
    this.#closing = true
    clearInterval(this.#heartbeat)
    for (const res of this.#open.keys()) res.end()
  }

  #beat(): void {
    for (const res of this.#open.keys()) {
      if (res.writableLength > MAX_BUFFERED_BYTES) res.destroy()
      else res.write(': here\n\n')
    }
  }
}
