import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import Router from '@koa/router'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { precompress } from '../vite/precompress.ts'
import { createApp } from './app.ts'
import { sendError } from './http/send-error.ts'
import { createLogger } from './http/logger.ts'
import { builtPages } from './http/pages.ts'
import { createHttpServer, listen } from './listen.ts'

const lesson = `<h1>Errors</h1>${'<p>Raise, do not return.</p>'.repeat(100)}`
let folder: string
let server: Server
let base: string
let storageAnswers = true

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'viva-pages-'))
  await mkdir(join(folder, 'lessons'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<h1>Home</h1>')
  await writeFile(join(folder, '404.html'), '<h1>No such page</h1>')
  await writeFile(join(folder, 'lessons/12-errors.html'), lesson)
  await writeFile(join(folder, 'lessons/12-errors.json'), '{}')
  await writeFile(join(folder, 'lessons/jwt.html'), lesson)
  await writeFile(join(folder, 'moved.json'), '{"/lessons/tokens":"/lessons/jwt"}')
  await writeFile(join(folder, 'users.html'), '<h1>Not the twin</h1>')
  await writeFile(join(folder, 'assets/app-1234.js'), 'const answer = 42\n'.repeat(100))
  await writeFile(join(folder, 'manifest.webmanifest'), '{"name":"Viva"}')
  await writeFile(join(folder, 'sw.js'), `const files = {}${';'.repeat(2_000)}`)
  await writeFile(join(folder, 'sw-off.js'), 'registration.unregister()')
  await mkdir(join(folder, 'icons'))
  await writeFile(join(folder, 'icons/viva-192.png'), 'PNG')
  await writeFile(join(folder, '.build'), 'build-1')
  await mkdir(join(folder, '.vite'))
  await writeFile(join(folder, '.vite/manifest.json'), '{}')
  await precompress(folder)
  const app = createApp({
    logger: createLogger('silent'),
    trustProxy: 0,
    development: false,
    ready: () => (storageAnswers ? Promise.resolve() : Promise.reject(new Error('gone'))),
    refusals: (_ctx, next) => next(),
    routers: [
      new Router().get('/api/fails', () => {
        throw Object.assign(new Error('secret in a message'), { body: 'hunter2' })
      }),
    ],
    twin: (ctx, next) => {
      if (/^\/(docs|redoc)/.test(ctx.path)) return next()
      if (ctx.path === '/items') ctx.body = ['item1', 'item2']
      else sendError(ctx, 404)
    },
    pages: builtPages(folder, { build: 'build-1' }),
    build: 'build-1',
  })
  server = createHttpServer(app.callback())
  base = (await listen(server, 0, '127.0.0.1')).replace('localhost', '127.0.0.1')
})

afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await rm(folder, { recursive: true })
})

const asBrowser = { headers: { Accept: 'text/html,application/xhtml+xml' } }

test('a lesson is served at its address without .html, compressed as the build left it', async () => {
  const answer = await raw('/lessons/12-errors', { 'Accept-Encoding': 'gzip, br' })
  expect(answer.status).toBe(200)
  expect(answer.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-encoding': 'br',
    vary: 'Accept-Encoding',
    'cache-control': 'no-cache',
  })
  expect(brotliDecompressSync(answer.body).toString()).toBe(lesson)
})

test('a client without compression gets none, and one without Brotli gets gzip', async () => {
  const plain = await raw('/lessons/12-errors', { 'Accept-Encoding': 'identity' })
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.body.toString()).toBe(lesson)
  const zipped = await raw('/lessons/12-errors', { 'Accept-Encoding': 'gzip' })
  expect(zipped.headers['content-encoding']).toBe('gzip')
})

test('a page with a slash at the end redirects to the page without it, and nowhere else', async () => {
  const redirect = await raw('/lessons/12-errors/?from=mail')
  expect([redirect.status, redirect.headers.location]).toEqual([308, '/lessons/12-errors?from=mail'])
  for (const path of ['//', '//evil.example/', '/assets/app-1234.js/', '/lessons/12-errors/x/']) {
    expect((await raw(path)).headers.location).toBeUndefined()
  }
  expect((await raw('/')).status).toBe(200)
})

test('the address of all lessons leads to the page that lists them', async () => {
  for (const [from, to] of [
    ['/lessons', '/'],
    ['/lessons/', '/'],
    ['/lessons?topic=Security', '/?topic=Security'],
  ] as const) {
    const { status, headers } = await raw(from)
    expect([from, status, headers.location]).toEqual([from, 308, to])
  }
  expect((await raw('/lessons.json')).headers.location).toBeUndefined()
})

test('an older address of a lesson redirects to the one that it has now, and nowhere else', async () => {
  for (const [from, to] of [
    ['/lessons/06-jwt?step=2', '/lessons/jwt?step=2'],
    ['/lessons/41-jwt/', '/lessons/jwt'],
    ['/lessons/tokens', '/lessons/jwt'],
    ['/lessons/tokens/?step=sign', '/lessons/jwt?step=sign'],
  ] as const) {
    const { status, headers } = await raw(from)
    expect([from, status, headers.location]).toEqual([from, 308, to])
  }
  for (const path of [
    '/lessons/06-none',
    '/lessons/06-',
    '/lessons/06-06-jwt',
    '/lessons/x/06-jwt',
    '/06-jwt',
  ])
    expect([path, (await raw(path)).headers.location]).toEqual([path, undefined])
  // A page of an older build is told that it is one, and not that its lesson is gone.
  expect((await raw('/lessons/06-jwt.json?build=build-0')).status).toBe(409)
})

test('an unchanged page gets 304, and a file with a hash in its name is cached for a year', async () => {
  const first = await raw('/')
  const again = await raw('/', { 'If-None-Match': String(first.headers.etag) })
  expect([first.status, again.status]).toEqual([200, 304])
  const asset = await fetch(`${base}/assets/app-1234.js`)
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(asset.headers.get('content-type')).toMatch(/javascript/)
})

test.each(['', '*', 'the same'])(
  'a missing page is whole each time it is asked for, with If-None-Match %s',
  async (tag) => {
    const first = await raw('/no-such-page', { Accept: 'text/html' })
    const again = await raw('/no-such-page', {
      Accept: 'text/html',
      'If-None-Match': tag === 'the same' ? String(first.headers.etag) : tag,
    })
    expect([again.status, again.headers['content-type']]).toEqual([404, first.headers['content-type']])
    expect(again.body.toString()).toBe(first.body.toString())
  },
)

test.each([
  ['/sw.js', /^text\/javascript/],
  ['/manifest.webmanifest', /^application\/manifest\+json/],
  ['/icons/viva-192.png', /^image\/png/],
])('%s has its type, and is asked for anew each time', async (path, type) => {
  const first = await raw(path, { 'Accept-Encoding': 'br' })
  expect(first.status).toBe(200)
  expect(first.headers['content-type']).toMatch(type)
  expect(first.headers['cache-control']).toBe('no-cache')
  expect(first.headers['content-encoding']).toBe(path === '/sw.js' ? 'br' : undefined)
  const etag = { 'If-None-Match': String(first.headers.etag), 'Accept-Encoding': 'br' }
  expect((await raw(path, etag)).status).toBe(304)
  const head = await raw(path, { 'Accept-Encoding': 'br' }, 'HEAD')
  expect([head.headers['content-length'], head.body.length]).toEqual([first.headers['content-length'], 0])
})

test('a page of another build gets none of this build’s data, and the API names the build', async () => {
  for (const query of ['', '?build=', '?build=build-1'])
    expect((await raw(`/lessons/12-errors.json${query}`)).status).toBe(200)
  const other = await raw('/lessons/12-errors.json?build=build-0')
  expect([other.status, other.headers['cache-control']]).toEqual([409, 'no-cache'])
  expect(other.body.toString()).toContain('reload the page')
  // A page may have a query of that name, and a file with a hash in its name is the same in every build.
  for (const path of ['/lessons/12-errors?build=build-0', '/assets/app-1234.js?build=build-0'])
    expect((await raw(path)).status).toBe(200)
  for (const path of ['/healthz', '/api/nowhere', '/api/fails'])
    expect((await raw(path, {}, path === '/healthz' ? 'HEAD' : 'GET')).headers['x-viva-build']).toBe(
      'build-1',
    )
  expect((await raw('/items')).headers['x-viva-build']).toBeUndefined()
})

test('OFFLINE=off serves a worker that removes itself, at the same address', async () => {
  const off = createHttpServer(
    createApp({
      ...{ logger: createLogger('silent'), trustProxy: 0, development: false, routers: [] },
      ready: () => Promise.resolve(),
      refusals: (_ctx, next) => next(),
      twin: (ctx) => sendError(ctx, 404),
      pages: builtPages(folder, { build: 'build-1', offline: false }),
    }).callback(),
  )
  const origin = (await listen(off, 0, '127.0.0.1')).replace('localhost', '127.0.0.1')
  const response = await fetch(`${origin}/sw.js`)
  expect(await response.text()).toBe('registration.unregister()')
  expect(response.headers.get('cache-control')).toBe('no-cache')
  off.close()
  off.closeAllConnections()
})

test('HEAD of a page has its length and no body', async () => {
  const answer = await raw('/', {}, 'HEAD')
  expect(answer.headers['content-length']).toBe('13')
  expect(answer.body).toHaveLength(0)
})

test('an unknown path is 404: a page for a browser and JSON for a script', async () => {
  const page = await fetch(`${base}/nowhere`, asBrowser)
  expect([page.status, await page.text()]).toEqual([404, '<h1>No such page</h1>'])
  const json = await fetch(`${base}/nowhere`)
  expect([json.status, await json.json()]).toEqual([404, { detail: 'Not Found' }])
  const api = await fetch(`${base}/api/nowhere`, asBrowser)
  expect([api.status, await api.json()]).toEqual([404, { detail: 'Not Found' }])
})

test('a path of the twin never gets a page', async () => {
  expect(await (await fetch(`${base}/items`, asBrowser)).json()).toEqual(['item1', 'item2'])
  const users = await fetch(`${base}/users`, asBrowser)
  expect(await users.json()).toEqual({ detail: 'Not Found' })
})

test.each([
  '/../package.json',
  '/%2e%2e/package.json',
  '/.vite/manifest.json',
  '/lessons/12-errors.html.br',
  '/%00',
  '/%',
])('nothing but the built pages and files can be read: %s', async (path) => {
  const answer = await raw(path, { 'Accept-Encoding': 'br' })
  expect(answer.status).toBe(404)
})

test.each(['/', '/nowhere', '/docs', '/redoc', '/items', '/api/nowhere', '/api/fails', '/healthz'])(
  '%s has the security headers, and no inline script is allowed',
  async (path) => {
    const { headers } = await fetch(`${base}${path}`, asBrowser)
    const policy = headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("default-src 'self';")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  },
)

test('the docs pages refer to no other host and have nothing inline', async () => {
  for (const path of ['/docs', '/docs/oauth2-redirect', '/redoc']) {
    const html = await (await fetch(`${base}${path}`, asBrowser)).text()
    expect(html).not.toMatch(/(src|href)="(https?:)?\/\//)
    expect(html).not.toMatch(/<script(?![^>]* src=)/)
    expect(html).not.toMatch(/<style|style="/)
  }
})

test("while the storage doesn't respond, healthz is fine and readyz reports it", async () => {
  const ready = async () => (await fetch(`${base}/readyz`)).status
  expect(await ready()).toBe(200)
  storageAnswers = false
  // What was found counts for a second.
  await expect.poll(ready).toBe(503)
  expect((await fetch(`${base}/healthz`)).status).toBe(200)
  storageAnswers = true
  await expect.poll(ready).toBe(200)
})

test("a body of more than 64 KB is refused with 413, a compressed one with 415, both in FastAPI's shape", async () => {
  const large = await fetch(`${base}/items`, { method: 'POST', body: 'x'.repeat(64 * 1024 + 1) })
  expect([large.status, await large.json()]).toEqual([
    413,
    { detail: 'Request body is larger than 65536 bytes' },
  ])
  const packed = await fetch(`${base}/items`, {
    method: 'POST',
    body: 'x',
    headers: { 'Content-Encoding': 'gzip' },
  })
  expect([packed.status, await packed.json()]).toEqual([
    415,
    { detail: 'Compressed request bodies are not accepted' },
  ])
})

test('headers of more than 16 KB are refused with 431', async () => {
  expect((await raw('/', { 'X-Large': 'x'.repeat(17 * 1024) })).status).toBe(431)
})

test('an unexpected error gets a 500 that reveals nothing about it', async () => {
  const answer = await fetch(`${base}/api/fails`)
  const id = answer.headers.get('x-request-id')
  const detail = `Internal Server Error; request ${id}`
  expect([answer.status, await answer.json()]).toEqual([500, { detail }])
})

/** Sends a path exactly as written, and leaves a compressed body as it came. */
function raw(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }> {
  const { port } = server.address() as AddressInfo
  return new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => chunks.push(chunk))
      answer.on('end', () =>
        done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
      )
    })
    sent.on('error', fail)
    sent.end()
  })
}
