import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, onTestFinished } from 'vitest'
import { RoomClient } from '../../server/interview/testing/room-client.ts'
import { ask, newSandbox } from '../support/api.ts'
import type { App } from '../support/app.ts'
import { descriptorsOf } from '../support/process-usage.ts'
import { guarantee, long } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'

const CONNECTIONS = long(3, 20)
const IN_LINE = long(20, 60)
/** The short form only checks that they come back at all, since a busy machine is slow. */
const GONE_WITHIN_MS = long(60_000, 10_000)
const UNKNOWN = 'this system does not tell what a process has open'

guarantee(
  'Whatever a client requests before it hangs up, its descriptors are released',
  async (row) => {
    const app = await testApp({ env: { RATE_LIMIT: '0' } })
    const sandbox = await newSandbox(app)
    const room = await new RoomClient(app.origin).open()
    const before = descriptorsOf(app)
    if (before === undefined) {
      row.leftOut = UNKNOWN
      return
    }
    const kinds = requestsOf(sandbox, room)
    let asked = 0
    for (const request of Object.values(kinds)) {
      for (const behind of ['', get('/lab/wait/async?ms=1000', sandbox)]) {
        for (const leave of ['reset', 'close'] as const) {
          const sockets = await Promise.all(Array.from({ length: CONNECTIONS }, () => open(app)))
          for (const socket of sockets) socket.write(behind + request.repeat(IN_LINE))
          asked += CONNECTIONS * IN_LINE
          await sleep(50)
          for (const socket of sockets) {
            if (leave === 'reset') socket.resetAndDestroy()
            else socket.destroy()
          }
        }
      }
    }
    await expect
      .poll(() => descriptorsOf(app), { timeout: GONE_WITHIN_MS, interval: 200 })
      .toBeLessThanOrEqual(before)
    await expect.poll(() => openStreams(app), { timeout: GONE_WITHIN_MS }).toBe(0)
    // A burst of the last ones in line may still be running for a moment, and a sandbox runs one at a time.
    const burst = () => statusOf(ask(app, 'POST', '/api/burst', { sandbox, body: { path: '/items', n: 2 } }))
    await expect.poll(burst, { timeout: GONE_WITHIN_MS }).toBe(200)
    // Logins that find the password queue full are refused with 503.
    const errors = app.log
      .split('\n')
      .filter((line) => /MaxListenersExceededWarning|"level":50/.test(line) && !line.includes('"status":503'))
    expect(errors).toEqual([])
    row.tried = `${asked} requests of ${Object.keys(kinds).length} kinds in lines of ${IN_LINE}, nothing read, reset or closed`
    row.figure = `0 of ${before} descriptors more after ${GONE_WITHIN_MS / 1000} s at most; 0 streams; bursts run`
  },
  600_000,
)

guarantee(
  'At its limit of descriptors the app can still store data, and it recovers by itself',
  async (row) => {
    const limit = 1024
    const app = await testApp({
      under: ['sh', '-c', `ulimit -n ${limit} && exec "$@"`, 'sh'],
      env: { RATE_LIMIT: '0' },
    })
    if (descriptorsOf(app) === undefined) {
      row.leftOut = UNKNOWN
      return
    }
    const sandbox = await newSandbox(app)
    const asking = `GET /lab/wait/async?ms=2000 HTTP/1.1\r\nHost: x\r\n\r\n`
    // A client that already has its connection continues while others take all that are left.
    const early = await open(app)
    const sockets = await Promise.all(
      Array.from({ length: limit + 200 }, (_, index) => open(app, `127.0.0.${2 + (index % 4)}`)),
    )
    for (const socket of sockets) socket.write(asking)
    await expect.poll(() => sockets.filter(({ destroyed }) => destroyed).length).toBeGreaterThan(300)
    const held = descriptorsOf(app) ?? 0
    expect(held).toBeLessThan(limit)
    expect(await exchange(early, reset(sandbox))).toMatch(/^HTTP\/1\.1 200 /)
    for (const socket of sockets) socket.resetAndDestroy()
    await expect.poll(() => statusOf(ask(app, 'GET', '/readyz')), { timeout: GONE_WITHIN_MS }).toBe(200)
    expect((await ask(app, 'POST', '/api/sandbox/reset', { sandbox })).status).toBe(200)
    row.tried = `${sockets.length} connections from 4 addresses on a process that may open ${limit} files`
    row.figure = `${held} descriptors at most; writes answered meanwhile, and everything afterwards`
  },
)

guarantee('Out of descriptors altogether, the app recovers as soon as some are free', async (row) => {
  const limit = 40
  const app = await testApp({
    under: ['sh', '-c', `ulimit -n ${limit} && exec "$@"`, 'sh'],
    env: { RATE_LIMIT: '0' },
  })
  if (descriptorsOf(app) === undefined) {
    row.leftOut = UNKNOWN
    return
  }
  const rounds = long(2, 10)
  for (let round = 0; round < rounds; round += 1) {
    const sockets = await Promise.all(
      Array.from({ length: 80 }, (_, index) => open(app, `127.0.0.${2 + (index % 8)}`)),
    )
    for (const socket of sockets) {
      socket.write(
        'GET /lab/wait/blocking?ms=200 HTTP/1.1\r\nHost: x\r\n\r\nGET /api/sandbox HTTP/1.1\r\nHost: x\r\n\r\n',
      )
    }
    await expect.poll(() => sockets.filter(({ destroyed }) => destroyed).length).toBeGreaterThan(40)
    for (const socket of sockets) socket.resetAndDestroy()
    await expect.poll(() => statusOf(ask(app, 'GET', '/readyz')), { timeout: GONE_WITHIN_MS }).toBe(200)
    await expect.poll(() => statusOf(ask(app, 'GET', '/api/sandbox')), { timeout: GONE_WITHIN_MS }).toBe(200)
  }
  expect(app.process.exitCode).toBe(null)
  row.tried = `${rounds} times 80 connections on a process that may open ${limit} files`
  row.figure = 'the process lived, and answered everything afterwards'
})

/** Every kind of answer: files, pages, the twin, streams, bursts, refusals, what Node itself refuses. */
function requestsOf(sandbox: string, room: RoomClient): Record<string, string> {
  const { key, seatKey, id: interview, room: id } = room
  return {
    file: get('/docs-assets/swagger-ui/swagger-ui-bundle.js', sandbox, 'Accept-Encoding: identity\r\n'),
    'compressed file': get('/search.json', sandbox, 'Accept-Encoding: br\r\n'),
    page: get('/', sandbox, 'Accept: text/html\r\n'),
    'unknown page': get('/nowhere', sandbox, 'Accept: text/html\r\n'),
    docs: get('/docs', sandbox),
    document: get('/openapi.json', sandbox),
    list: get('/users/', sandbox),
    redirect: get('/users', sandbox),
    refused: get('/users/me', sandbox),
    wait: get('/lab/wait/async?ms=200', sandbox),
    'sign-up': post('/users/', sandbox, '{}'),
    login: post('/login', sandbox, 'username=x&password=y', 'application/x-www-form-urlencoded'),
    burst: post('/api/burst', sandbox, '{"path":"/lab/wait/async?ms=500","n":20}'),
    trace: get(`/api/traces/${'a'.repeat(32)}`, sandbox),
    metrics: get('/metrics', sandbox),
    'host stream': get(`/api/interviews/${interview}/rooms/${id}/stream`, sandbox, bearer(key)),
    'candidate stream': get(`/api/rooms/${id}/stream`, sandbox, bearer(seatKey)),
    'unknown method': get('/items', sandbox).replace('GET', 'get'),
  }
}

function bearer(key: string): string {
  return `Authorization: Bearer ${key}\r\n`
}

function get(path: string, sandbox: string, more = ''): string {
  return `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Sandbox: ${sandbox}\r\n${more}\r\n`
}

function post(path: string, sandbox: string, body: string, type = 'application/json'): string {
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nX-Sandbox: ${sandbox}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
}

function reset(sandbox: string): string {
  return post('/api/sandbox/reset', sandbox, '')
}

/** A connection that never reads. */
function open(app: App, localAddress = '127.0.0.1'): Promise<Socket> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(app.origin).port), localAddress })
    onTestFinished(() => void socket.destroy())
    // A refused one counts, too.
    socket.on('error', () => done(socket))
    socket.on('connect', () => done(socket))
  })
}

/** The first bytes received on an open connection. */
async function exchange(socket: Socket, request: string): Promise<string> {
  socket.write(request)
  return new Promise((done) => socket.once('data', (chunk) => done(chunk.toString('latin1'))))
}

async function openStreams(app: App): Promise<number> {
  const text = await (await ask(app, 'GET', '/metrics')).text()
  return Number(/^viva_open_streams (\d+)/m.exec(text)?.[1] ?? NaN)
}

/** The status; 0 if there is no response. */
function statusOf(asked: Promise<Response>): Promise<number> {
  return asked.then(
    ({ status }) => status,
    () => 0,
  )
}
