import { setTimeout as sleep } from 'node:timers/promises'
import type { Middleware } from 'koa'
import { afterAll, expect, test, vi } from 'vitest'
import { BurstReport } from '../../contract/burst.ts'
import { block, closeBlocking } from '../pools/blocking.ts'
import { chooseSandbox } from '../sandbox/choose-sandbox.ts'
import { sandboxServer } from '../sandbox/testing/sandbox-server.ts'
import type { SandboxStore, Storage } from '../storage/storage.ts'
import { createBurstApi } from './burst-api.ts'

afterAll(closeBlocking)

interface Seen {
  sandbox: string
  url: string
  traceparent: string
  authorization: string
}

/** A server with the burst API and two of the lab's paths, which writes down what reached them. */
async function server() {
  const seen: Seen[] = []
  const lab: Middleware = async (ctx) => {
    const { id } = ctx.state.sandbox as SandboxStore
    seen.push({
      sandbox: id,
      url: ctx.url,
      traceparent: ctx.get('traceparent'),
      authorization: ctx.get('Authorization'),
    })
    if (ctx.path === '/items') ctx.body = ['item1', 'item2']
    if (ctx.path === '/lab/wait/blocking') ctx.body = await block(id, Number(ctx.query['ms']))
    if (ctx.path === '/lab/wait/async') {
      const started = performance.now()
      await sleep(Number(ctx.query['ms']))
      ctx.body = { started, ended: performance.now() }
    }
  }
  const more = (storage: Storage) => [
    createBurstApi({ storage }).routes() as Middleware,
    chooseSandbox({ storage }),
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
  return { seen, burst, id }
}

test('50 requests that await overlap, and each lane lies within its own request', async () => {
  const { burst } = await server()
  const response = await burst({ path: '/lab/wait/async?ms=300', n: 50 })
  expect(response.status).toBe(200)
  const report = BurstReport.parse(await response.json())
  expect(report.lanes.map(({ index, status }) => [index, status])).toEqual(
    Array.from({ length: 50 }, (_, index) => [index, 200]),
  )
  expect(report.peak).toBeGreaterThan(40)
  for (const { sent, started, ended, received } of report.lanes) {
    expect([sent, started, ended, received]).toEqual([sent, started, ended, received].sort((a, b) => a - b))
    expect(ended - started).toBeGreaterThanOrEqual(299)
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

test("the caller's sandbox, token and trace go along", async () => {
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
  const { burst } = await server()
  const first = burst({ path: '/lab/wait/async?ms=500', n: 2 })
  await sleep(100)
  const second = await burst({ path: '/items', n: 1 })
  expect(second.status).toBe(429)
  expect(second.headers.get('Retry-After')).toBe('1')
  expect((await first).status).toBe(200)
  expect((await burst({ path: '/items', n: 1 })).status).toBe(200)
})

test('a burst ends with the caller who left', async () => {
  const { burst } = await server()
  const caller = new AbortController()
  const left = burst({ path: '/lab/wait/async?ms=60000', n: 3 }, {}, caller.signal)
  await sleep(100)
  caller.abort()
  await expect(left).rejects.toThrow(/abort/)
  await vi.waitFor(async () => expect((await burst({ path: '/items', n: 1 })).status).toBe(200), 4_000)
})

test.each([
  ['a path of the app itself', { path: '/api/burst', n: 2 }, /^path: /],
  ['another host', { path: '//example.com/items', n: 2 }, /^path: /],
  ['a path with a line break', { path: '/items\r\nX: y', n: 2 }, /^path: /],
  ['a path that is not encoded', { path: '/items?x=ü', n: 2 }, /percent-encoded/],
  ['too many', { path: '/items', n: 101 }, /^n: /],
  ['none', { path: '/items', n: 0 }, /^n: /],
  ['something more', { path: '/items', n: 1, method: 'DELETE' }, /method/],
  ['no object', [1], /./],
  ['no JSON', '{"path":', /not JSON/],
  ['nothing', '', /./],
])('%s is refused', async (_, body, reason) => {
  const { burst, seen } = await server()
  const response = await burst(body)
  expect(response.status).toBe(422)
  expect(((await response.json()) as { detail: string }).detail).toMatch(reason)
  expect(seen).toEqual([])
})

test('a form from another site is no burst', async () => {
  const { burst, seen } = await server()
  const response = await burst('{"path":"/items","n":1}', { 'Content-Type': 'text/plain' })
  expect(response.status).toBe(422)
  expect(seen).toEqual([])
})
