import { EventSourceParserStream } from 'eventsource-parser/stream'
import { Backoff } from './backoff.ts'

/** The server sends a heartbeat at least every ten seconds; after this long without one the connection counts as dead. */
const MAX_SILENCE_MS = 25_000
const FIRST_RETRY_MS = 250

export type Link =
  | { state: 'connecting' }
  | { state: 'live' }
  /** Disconnected, and trying to reconnect. `since`: milliseconds since 1970. */
  | { state: 'lost'; since: number }
  /** Gone for good: the key opens nothing, or the room was deleted. */
  | { state: 'refused'; status: number }

export interface FollowOptions<Message> {
  path: string
  key: string
  parse: (json: unknown) => Message
  /** Called with each message; the first one of each connection holds the whole state. */
  received: (message: Message) => void
  /** Called when the state of the connection changes. */
  link: (link: Link) => void
}

/**
 * Follows a stream of server-sent events and reconnects whenever it drops, however long that takes. EventSource can't send a key in a
 * header, and doesn't notice a connection that died silently.
 * @returns stops following
 */
export function follow<Message>(options: FollowOptions<Message>): () => void {
  const { link } = options
  let ended = false
  const backoff = new Backoff(FIRST_RETRY_MS)
  let lostAt: number | null = null
  let current: AbortController | null = null
  let retry: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function run(): Promise<void> {
    const controller = (current = new AbortController())
    turn += 1
    const mine = turn
    try {
      await read(options, controller, () => {
        lostAt = null
        backoff.reset()
        link({ state: 'live' })
      })
    } catch (error) {
      if (ended || mine !== turn) return
      if (error instanceof Refused) return finish({ state: 'refused', status: error.status })
    }
    if (ended || mine !== turn) return
    lostAt ??= Date.now()
    link({ state: 'lost', since: lostAt })
    // Two hundred browsers that lost one server should not all come back in the same moment.
    retry = setTimeout(() => void run(), backoff.next() * (0.5 + Math.random() / 2))
  }

  function finish(last: Link): void {
    ended = true
    link(last)
    stop()
  }

  /** Reconnects now instead of waiting: the network is back, or the lid was opened. */
  function hurry(): void {
    if (ended || lostAt === null || document.visibilityState === 'hidden') return
    clearTimeout(retry)
    current?.abort()
    backoff.reset()
    void run()
  }

  /** Without this, browsers keep a dead connection open for minutes after the network has gone. */
  function drop(): void {
    current?.abort()
  }

  function stop(): void {
    ended = true
    clearTimeout(retry)
    current?.abort()
    removeEventListener('online', hurry)
    removeEventListener('offline', drop)
    document.removeEventListener('visibilitychange', hurry)
  }

  addEventListener('online', hurry)
  addEventListener('offline', drop)
  document.addEventListener('visibilitychange', hurry)
  link({ state: 'connecting' })
  void run()
  return stop
}

/** Reads one connection to its end. @throws Refused when trying again is pointless */
async function read<Message>(
  { path, key, parse, received }: FollowOptions<Message>,
  controller: AbortController,
  live: () => void,
): Promise<void> {
  let watchdog = setTimeout(() => controller.abort(), MAX_SILENCE_MS)
  const alive = (): void => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => controller.abort(), MAX_SILENCE_MS)
  }
  try {
    const headers = { Authorization: `Bearer ${key}`, Accept: 'text/event-stream' }
    const response = await fetch(path, { headers, cache: 'no-store', signal: controller.signal })
    if ([401, 403, 404].includes(response.status)) throw new Refused(response.status)
    if (!response.ok || response.body === null) return
    const heartbeats = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, out) {
        alive()
        out.enqueue(chunk)
      },
    })
    const reader = response.body
      .pipeThrough(heartbeats)
      .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
      .pipeThrough(new EventSourceParserStream())
      .getReader()
    let first = true
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      const message = parse(JSON.parse(value.data))
      if (first) live()
      first = false
      received(message)
    }
  } finally {
    clearTimeout(watchdog)
    controller.abort()
  }
}

class Refused extends Error {
  readonly status: number
  constructor(status: number) {
    super(`refused with ${status}`)
    this.status = status
  }
}
