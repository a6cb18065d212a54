import type { Context } from 'koa'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TraceReport } from '#contract/trace.ts'
import { EventLoop } from '../fastapi/event-loop.ts'
import type { Request } from '../fastapi/request.ts'
import { PoolBusy } from '../pools/fair-queue.ts'
import { onEventLoops } from './event-loops.ts'
import { meet, MEETINGS } from '../../original/replay/meetings.ts'
import { sendRaw } from '../../original/replay/raw-client.ts'
import { blockingSleep } from './sleep.ts'
import { serveProject, type TestServer } from '../testing/serve-project.ts'

let server: TestServer
beforeAll(async () => {
  server = await serveProject()
})
afterAll(() => server.close())

async function sandboxHeaders(): Promise<[string, string][]> {
  return [['X-Sandbox', (await server.storage.create()).id]]
}

// At once, each in a sandbox of its own: a busy sandbox holds no other up.
test('requests of one sandbox wait for each other as in the original', async () => {
  const outcomes = MEETINGS.map(async (meeting) => {
    const { wrong, statuses } = await meet(
      server.origin,
      meeting,
      () => performance.now(),
      await sandboxHeaders(),
    )
    return [meeting.title, wrong, statuses]
  })
  expect(await Promise.all(outcomes)).toEqual(
    MEETINGS.map(({ title, calls }) => [
      title,
      [],
      new Map(calls.map(({ name }) => [name, STATUS[name] ?? 200])),
    ]),
  )
})

test('a blocked sandbox and a full pool leave other sandboxes alone', async () => {
  const [blocked, full, other] = await Promise.all([1, 2, 3].map(sandboxHeaders))
  const order: string[] = []
  const send = async (name: string, path: string, headers: [string, string][] = []): Promise<void> => {
    await sendRaw(server.origin, { method: 'GET', path, headers })
    order.push(name)
  }
  // All of it takes 18 and 10 seconds.
  for (let count = 0; count < 9; count += 1)
    void send('blocking', '/lab/wait/blocking?ms=2000', blocked).catch(() => undefined)
  for (let count = 0; count < 200; count += 1)
    void send('thread', '/lab/wait/threadpool?ms=2000', full).catch(() => undefined)
  await send('first thread', '/lab/wait/threadpool?ms=0', other)
  await Promise.all([send('user', '/users/1', other), send('items', '/items', other)])
  expect(order).not.toContain('blocking')
  expect(order.filter((name) => name === 'thread').length).toBeLessThan(200)
})

test("a trace shows what its request waited for, and nothing if it didn't wait", async () => {
  expect(waitsIn(await stepsOf('/users/1', []))).toEqual([])
  const held = await stepsUntilWaiting('/users/1', ['/lab/wait/blocking?ms=1500'])
  expect(waitsIn(held)).toEqual(['Waited for the event loop'])
  const inLine = await stepsUntilWaiting(
    '/users/1',
    Array.from({ length: 41 }, () => '/lab/wait/threadpool?ms=1500'),
  )
  expect(waitsIn(inLine)).toContain('Waited for a thread')
  expect(inLine.indexOf('Waited for a thread')).toBeLessThan(inLine.indexOf('Depends(get_db)'))
})

/** The titles of steps in the trace of a request that is sent a moment after `others`. */
async function stepsOf(path: string, others: string[]): Promise<string[]> {
  const headers = await sandboxHeaders()
  const busy = others.map((other) => sendRaw(server.origin, { method: 'GET', path: other, headers }))
  if (others.length > 0) await new Promise((resolve) => setTimeout(resolve, 200))
  const traceId = crypto.randomUUID().replaceAll('-', '')
  const traceparent: [string, string] = ['traceparent', `00-${traceId}-00f067aa0ba902b7-01`]
  await sendRaw(server.origin, { method: 'GET', path, headers: [...headers, traceparent] })
  await Promise.all(busy)
  const { body } = await sendRaw(server.origin, { method: 'GET', path: `/api/traces/${traceId}`, headers })
  const report = TraceReport.parse(JSON.parse(body.toString()))
  return report.requests.flatMap(({ steps }) => steps.map(({ title }) => title))
}

/** As `stepsOf`; on a busy machine the others may be done before it is sent, so it tries again. */
async function stepsUntilWaiting(path: string, others: string[]): Promise<string[]> {
  let steps: string[] = []
  for (let attempt = 0; attempt < 8 && waitsIn(steps).length === 0; attempt += 1) {
    steps = await stepsOf(path, others)
  }
  return steps
}

function waitsIn(titles: string[]): string[] {
  return titles.filter((title) => title.startsWith('Waited'))
}

test('more than 20 seconds of blocking are refused at once, and accepted requests continue', async () => {
  const request = { state: { loop: new EventLoop() } } as Request
  const first = blockingSleep(request, 50)
  await expect(blockingSleep(request, 19_960)).rejects.toThrow(PoolBusy)
  await first
  expect((await blockingSleep(request, 1)).ended).toBeGreaterThan(0)
})

test('a thousand requests of a sandbox may be in progress, and a refused one was never started', async () => {
  const serve = onEventLoops()
  const ctx = () =>
    ({ state: { sandbox: { id: 'a' } }, ips: [], socket: {}, get: () => '' }) as unknown as Context
  const finish: (() => void)[] = []
  const wait = () => new Promise<void>((resolve) => finish.push(resolve))
  const served = Array.from({ length: 1000 }, () => serve(ctx(), wait) as Promise<void>)
  await expect(serve(ctx(), wait)).rejects.toThrow(PoolBusy)
  expect(finish).toHaveLength(1000)
  for (const end of finish) end()
  await Promise.all(served)
  const again = serve(ctx(), wait)
  finish.at(-1)?.()
  await again
})

const STATUS: Record<string, number> = {
  'no token': 401,
  'unknown path': 404,
  'wrong method': 405,
  'wrong input': 422,
  redirect: 307,
}
