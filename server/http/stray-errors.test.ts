import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import Koa from 'koa'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { createHttpServer, listen } from '../listen.ts'
import { logStrayErrors } from './stray-errors.ts'

/** An app that reads its bodies, and the first line that it logs. */
async function serve(handler: Koa.Middleware) {
  const lines = new PassThrough()
  const app = new Koa()
  app.on('error', logStrayErrors(pino({ base: null, level: 'debug' }, lines)))
  app.use(handler)
  const server = createHttpServer(app.callback())
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  await listen(server, 0, '127.0.0.1')
  const firstLine = async () => {
    const [chunk] = (await once(lines, 'data')) as [Buffer]
    return JSON.parse(chunk.toString()) as Record<string, unknown>
  }
  return { port: (server.address() as AddressInfo).port, firstLine }
}

test('a body that breaks the rules of HTTP is logged at debug level', async () => {
  const { port, firstLine } = await serve(async (ctx) => {
    for await (const _ of ctx.req) continue
  })
  const line = firstLine()
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => undefined)
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nhunter2\r\n')
  expect(await line).toEqual({
    level: 20,
    time: expect.any(Number) as unknown,
    fault: 'HPE_INVALID_CHUNK_SIZE',
    msg: 'connection broke',
  })
  socket.destroy()
})

test('a client that leaves in the middle of a response is logged at debug level', async () => {
  const { port, firstLine } = await serve((ctx) => {
    const endless = new PassThrough()
    endless.write('the beginning')
    ctx.body = endless
  })
  const line = firstLine()
  const socket = connect(port, '127.0.0.1')
  socket.once('data', () => socket.destroy())
  socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
  expect(await line).toMatchObject({ level: 20, fault: 'ERR_STREAM_PREMATURE_CLOSE' })
})

test('anything else is logged as an error, without its message', async () => {
  const { port, firstLine } = await serve((ctx) => {
    ctx.app.emit('error', new TypeError('hunter2'), ctx)
    ctx.body = ''
  })
  const line = firstLine()
  await fetch(`http://127.0.0.1:${port}`)
  const { level, error, msg } = await line
  expect([level, msg]).toEqual([50, 'error outside a request'])
  expect(error).toMatch(/^TypeError\n\s+at /)
  expect(error).not.toContain('hunter2')
})
