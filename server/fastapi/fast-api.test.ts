import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { requestTrace } from '../trace/report.ts'
import { Trace } from '../trace/trace.ts'
import { APIRouter } from './api-router.ts'
import { dependency } from './dependency.ts'
import { FastAPI } from './fast-api.ts'
import { HTTPException } from './http-exception.ts'
import { middleware } from './middleware.ts'
import { ValueError } from './python-exception.ts'
import { int, str } from './validation/field-types.ts'

/** An app of these routes on a socket; `steps` tells what the last request left in its trace. */
async function serve(routes: (router: APIRouter, app: FastAPI) => void) {
  const app = new FastAPI({ title: 'Test', version: '1' })
  const router = new APIRouter()
  routes(router, app)
  app.includeRouter(router)
  let trace: Trace
  const koa = new Koa()
  koa.silent = true
  koa.use((ctx, next) => {
    trace = new Trace({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16) }, ctx.method, ctx.path)
    ctx.state.trace = trace
    return next()
  })
  koa.use(app.toKoa({ bodyLimit: 1000 }))
  const server = createServer(koa.callback())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ask: (path: string, init?: RequestInit) => fetch(origin + path, { redirect: 'manual', ...init }),
    steps: () => requestTrace(trace).steps,
  }
}

const json = (body: unknown) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

test('broken JSON is refused before dependencies run, and a dependency before anything is validated', async () => {
  const refuses = dependency({ region: 'auth.refuses' }, (): string => {
    throw new HTTPException(401, 'Not authenticated', { 'WWW-Authenticate': 'Bearer' })
  })
  const { ask } = await serve((router) => {
    router.post(
      '/things',
      {
        region: 'things.make',
        body: z.strictObject({ n: int() }).meta({ id: 'Thing' }),
        depends: { refuses },
      },
      () => 1,
    )
  })
  expect((await ask('/things', json('{'))).status).toBe(422)
  const refused = await ask('/things', json({ n: 'x' }))
  expect([refused.status, refused.headers.get('WWW-Authenticate')]).toEqual([401, 'Bearer'])
  expect(await refused.json()).toEqual({ detail: 'Not authenticated' })
})

test('a dependency runs once per request, and its second use is a cached step', async () => {
  let calls = 0
  const shared = dependency({ region: 'things.shared' }, () => (calls += 1))
  const user = dependency({ region: 'things.user', depends: { shared } }, ({ shared }) => shared * 10)
  const { ask, steps } = await serve((router) => {
    router.get('/', { region: 'things.read', depends: { user, shared } }, ({ user, shared }) => [
      user,
      shared,
    ])
  })
  expect(await (await ask('/')).json()).toEqual([10, 1])
  expect(
    steps()
      .filter(({ kind }) => kind === 'dependency')
      .map(({ name, verdict }) => [name, verdict]),
  ).toEqual([
    ['things.shared', 'ok'],
    ['things.user', 'ok'],
    ['things.shared', 'cached'],
  ])
})

test('a plain def runs in the threadpool and an async def on the event loop, whichever way the other one runs', async () => {
  const plain = dependency({ region: 'things.plain' }, () => 1)
  const awaited = dependency({ region: 'things.awaited', async: true }, () => 2)
  const { ask, steps } = await serve((router) => {
    router.get('/def', { region: 'things.def', depends: { plain, awaited } }, () => 1)
    router.get('/async', { region: 'things.async', async: true, depends: { plain, awaited } }, () => 1)
  })
  const ranIn = async (path: string) => {
    await ask(path)
    return steps().flatMap(({ name, detail }) => ('ranIn' in detail ? [[name, detail.ranIn]] : []))
  }
  const dependencies = [
    ['things.plain', 'threadpool'],
    ['things.awaited', 'event loop'],
  ]
  expect(await ranIn('/def')).toEqual([...dependencies, ['things.def', 'threadpool']])
  expect(await ranIn('/async')).toEqual([...dependencies, ['things.async', 'event loop']])
})

test('the code after yield runs after the response, the last opened first', async () => {
  const events: string[] = []
  let done: () => void = () => undefined
  const cleaned = new Promise<void>((resolve) => (done = resolve))
  const outer = dependency({ region: 'things.outer' }, function* () {
    yield 'outer'
    events.push('outer closed')
    done()
  })
  const inner = dependency({ region: 'things.inner', depends: { outer } }, async function* () {
    yield 'inner'
    events.push('inner closed')
  })
  const { ask, steps } = await serve((router) => {
    router.get('/', { region: 'things.read', depends: { inner } }, () => {
      events.push('handled')
      return 1
    })
  })
  expect((await ask('/')).status).toBe(200)
  await cleaned
  expect(events).toEqual(['handled', 'inner closed', 'outer closed'])
  const names = steps().map(({ name }) => name)
  expect(names.indexOf('response.send')).toBeLessThan(names.lastIndexOf('things.inner'))
})

test('when the handler throws, the error passes through yield before the response is sent', async () => {
  const seen: unknown[] = []
  const session = dependency({ region: 'things.session' }, function* () {
    try {
      yield 1
    } catch (error) {
      seen.push((error as HTTPException).status)
      throw error
    } finally {
      seen.push('closed')
    }
  })
  const { ask, steps } = await serve((router) => {
    router.get('/', { region: 'things.read', depends: { session } }, () => {
      throw new HTTPException(404, 'Nothing here')
    })
  })
  const answer = await ask('/')
  expect([answer.status, await answer.json(), seen]).toEqual([
    404,
    { detail: 'Nothing here' },
    [404, 'closed'],
  ])
  expect(steps().at(-1)?.name).toBe('response.send')
})

test('only what the response model declares is sent, and the trace lists what was removed', async () => {
  const Out = z.object({ id: int(), name: str() }).meta({ id: 'Out' })
  const row = { id: 1, name: 'Ada', hashed_password: 'secret' }
  const { ask, steps } = await serve((router) => {
    router.get('/one', { region: 'things.one', response: Out }, () => row)
    router.get('/all', { region: 'things.all', response: z.array(Out) }, () => [row, row])
    router.get('/wrong', { region: 'things.wrong', response: Out }, () => ({ id: 'x' }))
  })
  expect(await (await ask('/one')).json()).toEqual({ id: 1, name: 'Ada' })
  expect(steps().find(({ name }) => name === 'response.model')?.detail).toEqual({
    kind: 'response',
    model: 'Out',
    removed: ['hashed_password'],
    status: 200,
  })
  expect(await (await ask('/all')).text()).not.toContain('secret')
  expect(steps().find(({ name }) => name === 'response.model')?.detail).toMatchObject({ model: 'list[Out]' })
  const wrong = await ask('/wrong')
  expect(wrong.status).toBe(500)
  expect(await wrong.text()).toBe('Internal Server Error')
})

test('a body over the limit is 413 and closes the connection, with or without a Content-Length', async () => {
  const { ask } = await serve((router) => {
    router.post('/', { region: 'things.make', body: z.strictObject({}).meta({ id: 'Thing' }) }, () => 1)
  })
  const stream = new Blob(['{"a":"', 'x'.repeat(2000), '"}']).stream()
  const answer = await ask('/', { ...json(''), body: stream, duplex: 'half' } as RequestInit)
  expect([answer.status, answer.headers.get('Connection')]).toEqual([413, 'close'])
})

test('the middleware added last is the outermost, and its step wraps the others', async () => {
  const events: string[] = []
  const named = (name: string) =>
    middleware(`middleware.${name}`, name, 'Tells when.', async (_request, callNext) => {
      events.push(`${name} in`)
      await callNext()
      events.push(`${name} out`)
    })
  const { ask, steps } = await serve((router, app) => {
    app.addMiddleware(named('first'))
    app.addMiddleware(named('last'))
    router.get('/', { region: 'things.read' }, () => 1)
  })
  await ask('/')
  expect(events).toEqual(['last in', 'first in', 'first out', 'last out'])
  expect(steps()[0]).toMatchObject({ name: 'middleware.last', parent: null })
  expect(steps()[1]).toMatchObject({ name: 'middleware.first', parent: 0 })
})

test('the first matching path wins; methods, slashes and unknown paths are handled as in Starlette', async () => {
  const { ask } = await serve((router) => {
    router.get('/things/me', { region: 'things.me' }, () => 'me')
    router.get('/things/{id}', { region: 'things.one', path: { id: int() } }, ({ id }) => id)
    router.post('/things/', { region: 'things.make' }, () => 'made')
  })
  expect(await (await ask('/things/me')).json()).toBe('me')
  expect(await (await ask('/things/%37')).json()).toBe(7)
  const wrong = await ask('/things/7', { method: 'DELETE' })
  expect([wrong.status, wrong.headers.get('Allow')]).toEqual([405, 'GET'])
  expect((await ask('/things/7', { method: 'HEAD' })).status).toBe(405)
  const moved = await ask('/things?a=%20b')
  expect([moved.status, moved.headers.get('Location')?.replace(/^http:\/\/[^/]+/, '')]).toEqual([
    307,
    '/things/?a=%20b',
  ])
  expect(await (await ask('/nothing')).json()).toEqual({ detail: 'Not Found' })
  expect((await ask('/docs')).status).toBe(404)
})

test('a path parameter must be both in the path and declared, or the operation is refused', () => {
  const router = new APIRouter({ prefix: '/things' })
  expect(() => router.get('/{id}', { region: 'things.one' }, () => 1)).toThrow('"id"')
  expect(() => router.get('/', { region: 'things.one', path: { id: int() } }, () => 1)).toThrow('"id"')
})

test('an exception that nothing handles is a plain 500 without what middleware adds, and is logged', async () => {
  const closed: string[] = []
  const { ask, steps } = await serve((router, app) => {
    const opens = dependency({ region: 'database.opens' }, function* () {
      try {
        yield 'open'
      } finally {
        closed.push('closed')
      }
    })
    router.get('/fails', { region: 'things.fails', depends: { opens } }, () => {
      throw new ValueError('a secret')
    })
    app.addMiddleware(
      middleware('middleware.adds', 'Adds', 'Adds a header.', async (request, callNext) => {
        await callNext()
        request.set('X-Added', 'yes')
      }),
    )
  })
  const answer = await ask('/fails')
  expect([answer.status, answer.headers.get('Content-Type'), await answer.text()]).toEqual([
    500,
    'text/plain; charset=utf-8',
    'Internal Server Error',
  ])
  expect(answer.headers.get('X-Added')).toBeNull()
  expect(closed).toEqual(['closed'])
  expect(steps().map(({ name, parent, verdict }) => [name, parent, verdict])).toEqual([
    ['middleware.adds', null, 'refused'],
    ['main.routers', 0, 'ok'],
    ['database.opens', 0, 'ok'],
    ['things.fails', 0, 'refused'],
    ['database.opens', 0, 'ok'],
    ['response.send', null, 'ok'],
    ['server.log', null, 'refused'],
  ])
})
