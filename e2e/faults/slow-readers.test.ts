import { connect, type Socket } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { ask } from '../support/api.ts'
import type { App } from '../support/app.ts'
import { guarantee, isLong, long } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'

const CLIENTS = long(8, 200)
/** More than the system buffers for one connection. */
const IN_LINE = 12
const FILE = '/docs-assets/swagger-ui/swagger-ui-bundle.js'
const REQUEST = `GET ${FILE} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: identity\r\n\r\n`
/** Milliseconds between two bytes that a client reads; undefined if it reads nothing. */
const PACES = { nothing: undefined, 'a byte every 15 s': 15_000, 'a byte every second': 1_000 }
const STALLED_MS = 30_000

guarantee(
  'Slow readers are closed as slow senders are',
  async (row) => {
    const kinds = Object.entries(PACES)
    const app = await testApp({ env: { RATE_LIMIT: '0' } })
    const closed = kinds.flatMap(([, pace]) => Array.from({ length: CLIENTS }, () => closedAfter(app, pace)))
    row.tried = `${closed.length} clients that ask for ${IN_LINE} large files each and read ${kinds.map(([kind]) => kind).join(', ')}`
    const all = Promise.all(closed)
    const answered = await answersMeanwhile(app, all)
    const times = await all
    row.figure = `all closed, after ${seconds(Math.min(...times))} to ${seconds(Math.max(...times))}; ${answered} others were answered meanwhile`
    expect(answered).toBeGreaterThan(0)
    expect(Math.min(...times)).toBeGreaterThan(STALLED_MS - 2_000)
    // One that still takes some bytes at first is judged by its rate, over the 30 s that follow.
    if (isLong) expect(Math.max(...times)).toBeLessThan(2 * STALLED_MS + 5_000)
    const metrics = await (await ask(app, 'GET', '/metrics')).text()
    expect(metrics).toContain(`viva_slow_readers_closed_total ${closed.length}`)
  },
  600_000,
)

/** Milliseconds until the server closed the connection. */
function closedAfter(app: App, paceMs: number | undefined): Promise<number> {
  return new Promise((done) => {
    const socket: Socket = connect(Number(new URL(app.origin).port), '127.0.0.1')
    const began = performance.now()
    const reading = paceMs === undefined ? undefined : setInterval(() => socket.read(1), paceMs)
    onTestFinished(() => void socket.destroy())
    socket.pause()
    socket.on('connect', () => socket.write(REQUEST.repeat(IN_LINE)))
    // A socket that doesn't read notices a reset, too.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(reading)
      done(performance.now() - began)
    })
    // The system reports a reset with the next byte that is sent.
    const probe = setInterval(() => (socket.destroyed ? clearInterval(probe) : socket.write('\r\n')), 500)
  })
}

/** Sends ordinary requests until the slow clients are gone, and expects every answer. */
async function answersMeanwhile(app: App, until: Promise<unknown>): Promise<number> {
  let over = false
  void until.finally(() => (over = true)).catch(() => undefined)
  let answered = 0
  while (!over) {
    const file = await fetch(app.origin + FILE)
    expect([file.status, (await file.text()).length]).toEqual([200, expect.any(Number) as unknown])
    expect((await ask(app, 'GET', '/items')).status).toBe(200)
    answered += 2
    await new Promise((done) => setTimeout(done, 200))
  }
  return answered
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
