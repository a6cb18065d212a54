import { connect, type Socket } from 'node:net'
import { expect, onTestFinished } from 'vitest'
import { ask } from '../support/api.ts'
import type { App } from '../support/app.ts'
import { guarantee, isLong, long } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'

const CLIENTS = long(10, 200)

/** Each sends one byte every half second. */
const TRICKLES = {
  headers: 'GET /items HTTP/1.1\r\nHost: localhost\r\nX-Slow: ',
  body: 'POST /users/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 5000\r\n\r\n',
  'chunked body':
    'POST /users/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n1000\r\n',
  nothing: '',
}

guarantee(isLong ? 'Slow clients are closed within 10 s' : 'Slow clients are closed', async (row) => {
  const kinds = Object.entries(TRICKLES)
  row.tried = `${CLIENTS} clients each that trickle ${kinds.map(([kind]) => kind).join(', ')}`
  const app = await testApp({ env: { RATE_LIMIT: '0' } })
  const closed = kinds.flatMap(([kind, begin]) =>
    Array.from({ length: CLIENTS }, () => closedAfter(app, begin, kind === 'nothing' ? '' : 'x')),
  )
  const all = Promise.all(closed)
  const answered = await answersMeanwhile(app, all)
  const slowest = Math.max(...(await all))
  row.figure = `the last after ${(slowest / 1000).toFixed(1)} s; ${answered} others were answered meanwhile`
  expect(answered).toBeGreaterThan(0)
  // The short form checks only that they are closed at all, since timers are late on a busy machine.
  if (isLong) expect(slowest).toBeLessThan(10_500)
})

/** Milliseconds until the server closed the connection. */
function closedAfter(app: App, begin: string, more: string): Promise<number> {
  return new Promise((done) => {
    const socket: Socket = connect(Number(new URL(app.origin).port), '127.0.0.1')
    const began = performance.now()
    const trickle = setInterval(() => more !== '' && socket.write(more), 500)
    onTestFinished(() => void socket.destroy())
    socket.on('connect', () => socket.write(begin))
    // It was answered and closed: a client that continues to write is reset.
    socket.on('error', () => undefined)
    socket.on('data', () => undefined)
    socket.on('close', () => {
      clearInterval(trickle)
      done(performance.now() - began)
    })
  })
}

/** Sends ordinary requests until the slow clients are gone, and expects every answer. */
async function answersMeanwhile(app: App, until: Promise<unknown>): Promise<number> {
  let over = false
  void until.finally(() => (over = true)).catch(() => undefined)
  let answered = 0
  while (!over) {
    expect((await ask(app, 'GET', '/items')).status).toBe(200)
    answered += 1
    await new Promise((done) => setTimeout(done, 100))
  }
  return answered
}
