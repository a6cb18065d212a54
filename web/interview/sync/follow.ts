import { EventSourceParserStream } from 'eventsource-parser/stream'

/** The server says at least every ten seconds that it is there. */
const SILENCE = 25_000
const SHORTEST = 250
const LONGEST = 5_000

export type Link =
  | { state: 'connecting' }
  | { state: 'live' }
  /** Cut off, and trying to come back. `since`: milliseconds since 1970. */
  | { state: 'lost'; since: number }
  /** It won't come back: the key opens nothing, or the room is gone. */
  | { state: 'refused'; status: number }

export interface FollowOptions<Message> {
  path: string
  key: string
  parse: (json: unknown) => Message
  /** The first one after each connection holds everything. */
  heard: (message: Message) => void
  /** Told of each change. */
  link: (link: Link) => void
}

/**
 * Follows a stream of server-sent events and comes back whenever it is cut, however long that takes. EventSource can't send a key in a
 * header, and doesn't notice a connection that died silently.
 * @returns what ends it
 */
export function follow<Message>(options: FollowOptions<Message>): () => void {
  const { link } = options
  let ended = false
  let delay = SHORTEST
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
        delay = SHORTEST
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
    retry = setTimeout(() => void run(), delay * (0.5 + Math.random() / 2))
    delay = Math.min(LONGEST, delay * 2)
  }

  function finish(last: Link): void {
    ended = true
    link(last)
    stop()
  }

  /** There is a network again, or the lid was opened: don't wait. */
  function hurry(): void {
    if (ended || lostAt === null || document.visibilityState === 'hidden') return
    clearTimeout(retry)
    current?.abort()
    delay = SHORTEST
    void run()
  }

  /** Browsers keep a dead connection open for minutes when the network goes. */
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

/** Reads one connection to its end. @throws Refused when trying again is of no use */
async function read<Message>(
  { path, key, parse, heard }: FollowOptions<Message>,
  controller: AbortController,
  live: () => void,
): Promise<void> {
  let watchdog = setTimeout(() => controller.abort(), SILENCE)
  const alive = (): void => {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => controller.abort(), SILENCE)
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
      heard(message)
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
