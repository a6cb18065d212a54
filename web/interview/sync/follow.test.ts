import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { follow, type Link } from './follow.ts'

/** A server that the test controls: each connection that the browser opens, in order. */
interface Connection {
  key: string | null
  send: (message: string) => void
  heartbeat: () => void
  /** What happens when the server stops. */
  end: () => void
  aborted: boolean
}

let connections: Connection[] = []
/** Status of the responses to further connections. */
let status = 200
let received: string[] = []
let links: Link[] = []
let stop = (): void => undefined

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] })
  vi.stubGlobal('fetch', serve)
  ;[connections, received, links, status] = [[], [], [], 200]
  stop = follow({
    ...{ path: '/stream', key: 'secret' },
    parse: (json) => String(json),
    received: (message) => received.push(message),
    link: (link) => links.push(link),
  })
})

afterEach(() => {
  stop()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function serve(_path: string, init: RequestInit): Promise<Response> {
  const encoder = new TextEncoder()
  let out: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({ start: (controller) => void (out = controller) })
  const connection: Connection = {
    key: new Headers(init.headers).get('Authorization'),
    send: (message) => out?.enqueue(encoder.encode(`id: 1\ndata: ${JSON.stringify(message)}\n\n`)),
    heartbeat: () => out?.enqueue(encoder.encode(': here\n\n')),
    end: () => out?.close(),
    aborted: false,
  }
  init.signal?.addEventListener('abort', () => {
    if (!connection.aborted) out?.error(new DOMException('aborted', 'AbortError'))
    connection.aborted = true
  })
  connections.push(connection)
  return Promise.resolve(new Response(body, { status }))
}

/** Lets promises and streams settle, and time pass. */
async function pass(milliseconds = 0): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setImmediate(done))
  await vi.advanceTimersByTimeAsync(milliseconds)
  for (let turn = 0; turn < 5; turn += 1) await new Promise((done) => setImmediate(done))
}

const states = (): string[] => links.map(({ state }) => state)

test('it is live once the first message arrives, and sends the key in a header', async () => {
  await pass()
  expect(states()).toEqual(['connecting'])
  connections[0]?.send('all of it')
  connections[0]?.send('more')
  await pass()
  expect(states()).toEqual(['connecting', 'live'])
  expect(received).toEqual(['all of it', 'more'])
  expect(connections[0]?.key).toBe('Bearer secret')
})

test('it reconnects after a drop, and reports since when it was disconnected', async () => {
  connections[0]?.send('one')
  await pass()
  const cutAt = Date.now()
  connections[0]?.end()
  await pass()
  expect(links.at(-1)).toEqual({ state: 'lost', since: cutAt })
  expect(connections).toHaveLength(1)
  await pass(250)
  expect(connections).toHaveLength(2)
  connections[1]?.send('again')
  await pass()
  expect(states()).toEqual(['connecting', 'live', 'lost', 'live'])
  expect(received).toEqual(['one', 'again'])
})

test('while the server is away it retries less and less often, down to every five seconds', async () => {
  status = 503
  await pass()
  await pass(60_000)
  const tried = connections.length
  expect(tried).toBeGreaterThan(10)
  expect(tried).toBeLessThan(40)
  await pass(5_000)
  expect(connections.length).toBeGreaterThan(tried)
  const since = links.flatMap((link) => (link.state === 'lost' ? link.since : []))
  expect(new Set(since).size).toBe(1)
})

test('a refusal is reported once, and there is no further attempt', async () => {
  await pass()
  status = 404
  connections[0]?.end()
  await pass(1_000)
  expect(links.at(-1)).toEqual({ state: 'refused', status: 404 })
  await pass(60_000)
  expect(connections).toHaveLength(2)
})

test('a connection that died silently is given up after 25 seconds; heartbeats keep one alive', async () => {
  connections[0]?.send('one')
  for (let beat = 0; beat < 6; beat += 1) {
    await pass(10_000)
    connections[0]?.heartbeat()
  }
  await pass()
  expect(connections).toHaveLength(1)
  await pass(25_000)
  expect(connections[0]?.aborted).toBe(true)
  expect(links.at(-1)?.state).toBe('lost')
  await pass(250)
  expect(connections).toHaveLength(2)
})

test('it notices at once when the network goes, and reconnects at once when it is back', async () => {
  connections[0]?.send('one')
  await pass()
  dispatchEvent(new Event('offline'))
  await pass()
  expect(links.at(-1)?.state).toBe('lost')
  status = 503
  await pass(30_000)
  const tried = connections.length
  status = 200
  dispatchEvent(new Event('online'))
  await pass()
  expect(connections).toHaveLength(tried + 1)
  connections.at(-1)?.send('back')
  await pass()
  expect(received).toEqual(['one', 'back'])
})

test('once stopped, it stays stopped', async () => {
  connections[0]?.send('one')
  await pass()
  stop()
  await pass(60_000)
  dispatchEvent(new Event('online'))
  await pass()
  expect(connections).toHaveLength(1)
  expect(connections[0]?.aborted).toBe(true)
  expect(states()).toEqual(['connecting', 'live'])
})
