import type { Middleware } from 'koa'
import { expect, test } from 'vitest'
import { BurstReport } from '#contract/burst.ts'
import { EventLoop } from '../fastapi/event-loop.ts'
import { chooseSandbox } from '../sandbox/choose-sandbox.ts'
import { UNGUARDED } from '../sandbox/sandbox-guard.ts'
import { sandboxServer } from '../testing/serve-sandbox.ts'
import type { SandboxStore, Storage } from '../storage/storage.ts'
import { createBurstApi } from './burst.ts'

interface Seen {
  sandbox: string
  url: string
  traceparent: string
  authorization: string
}

/** What holds requests: `open` lets all of them go on, those that come later too. */
interface Gate {
  passed: Promise<void>
  open: () => void
}

function gate(): Gate {
  let open = () => {}
  const passed = new Promise<void>((done) => (open = done))
  return { passed, open }
}

/**
 * A server with the burst API and two of the lab's paths, which writes down what reached them. Requests of `/lab/wait/async` wait
 * until `held` is opened.
 */
async function server(held = gate()) {
  const seen: Seen[] = []
  const loop = new EventLoop()
  const lab: Middleware = async (ctx) => {
    const { id } = ctx.state.sandbox as SandboxStore
    seen.push({
      sandbox: id,
      url: ctx.url,
      traceparent: ctx.get('traceparent'),
      authorization: ctx.get('Authorization'),
    })
    if (ctx.path === '/items') ctx.body = ['item1', 'item2']
    if (ctx.path === '/lab/wait/blocking') ctx.body = await loop.block(ctx, Number(ctx.query['ms']))
    if (ctx.path === '/lab/wait/async') {
      const started = performance.now()
      await held.passed
      ctx.body = { started, ended: performance.now() }
    }
  }
  const more = (storage: Storage) => [
    createBurstApi({ storage, guard: UNGUARDED }).routes() as Middleware,
    chooseSandbox({ storage, guard: UNGUARDED.record }),
    lab,
  ]
  const { address, storage } = await sandboxServer(more)
  const { id } = await storage.create()
  const burst = (body: unknown, headers: Record<string, string> = {}, signal?: AbortSignal) =>
    fetch(`${address}/api/burst`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Sandbox': id, ...headers },
      signal: signal ?? null,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  return { seen, burst, id, release: held.open }
}

test('50 requests that await overlap, and each lane lies within its own request', async () => {
  const { burst, seen, release } = await server()
  const answer = burst({ path: '/lab/wait/async', n: 50 })
  await expect.poll(() => seen.length).toBe(50)
  release()
  const response = await answer
  expect(response.status).toBe(200)
  const report = BurstReport.parse(await response.json())
  expect(report.lanes.map(({ index, status }) => [index, status])).toEqual(
    Array.from({ length: 50 }, (_, index) => [index, 200]),
  )
  expect(report.peak).toBe(50)
  for (const { sent, started, ended, received } of report.lanes) {
    expect([sent, started, ended, received]).toEqual([sent, started, ended, received].sort((a, b) => a - b))
  }
  expect(report.duration).toBe(Math.max(...report.lanes.map(({ received }) => received)))
})

test('requests that block run one after another', async () => {
  const { burst } = await server()
  const { peak, lanes } = BurstReport.parse(
    await (await burst({ path: '/lab/wait/blocking?ms=10', n: 8 })).json(),
  )
  expect(peak).toBe(1)
  expect(lanes.every(({ status }) => status === 200)).toBe(true)
})

test("a burst uses the caller's sandbox, token and trace", async () => {
  const { burst, seen, id } = await server()
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`
  const answer = await burst(
    { path: '/items?x=%C3%BC', n: 3 },
    { traceparent, Authorization: 'Bearer token' },
  )
  expect(await answer.json()).toMatchObject({ path: '/items?x=%C3%BC', n: 3 })
  const one = { sandbox: id, url: '/items?x=%C3%BC', traceparent, authorization: 'Bearer token' }
  expect(seen).toEqual([one, one, one])
})

test('a sandbox runs one burst at a time', async () => {
  const { burst, seen, release } = await server()
  const first = burst({ path: '/lab/wait/async', n: 2 })
  await expect.poll(() => seen.length).toBe(2)
  const second = await burst({ path: '/items', n: 1 })
  expect(second.status).toBe(429)
  expect(second.headers.get('Retry-After')).toBe('1')
  release()
  expect((await first).status).toBe(200)
  expect((await burst({ path: '/items', n: 1 })).status).toBe(200)
})

test('a burst ends when its caller leaves', async () => {
  const { burst, seen } = await server()
  const caller = new AbortController()
  const left = burst({ path: '/lab/wait/async', n: 3 }, {}, caller.signal)
  await expect.poll(() => seen.length).toBe(3)
  caller.abort()
  await expect(left).rejects.toThrow(/abort/)
  await expect.poll(async () => (await burst({ path: '/items', n: 1 })).status).toBe(200)
})

test.each([
  ['a path of the app itself', { path: '/api/burst', n: 2 }, /^body\.path: /],
  ['another host', { path: '//example.com/items', n: 2 }, /^body\.path: /],
  ['a path with a line break', { path: '/items\r\nX: y', n: 2 }, /^body\.path: /],
  ['a path that is not encoded', { path: '/items?x=ü', n: 2 }, /percent-encoded/],
  ['too many', { path: '/items', n: 101 }, /^body\.n: /],
  ['none', { path: '/items', n: 0 }, /^body\.n: /],
  ['something more', { path: '/items', n: 1, method: 'DELETE' }, /method/],
  ['not an object', [1], /./],
  ['no JSON', '{"path":', /not JSON/],
  ['nothing', '', /./],
])('%s is refused', async (_, body, reason) => {
  const { burst, seen } = await server()
  const response = await burst(body)
  expect(response.status).toBe(422)
  expect(((await response.json()) as { detail: string }).detail).toMatch(reason)
  expect(seen).toEqual([])
})

test("a form from another site can't start a burst", async () => {
  const { burst, seen } = await server()
  const response = await burst('{"path":"/items","n":1}', { 'Content-Type': 'text/plain' })
  expect(response.status).toBe(422)
  expect(seen).toEqual([])
})
