import { Writable } from 'node:stream'
import Koa from 'koa'
import { pino } from 'pino'
import { afterEach, expect, test } from 'vitest'
import { createHttpServer, listen } from '../listen.ts'
import { answerErrors } from './errors.ts'
import { logRequests } from './logger.ts'
import { requestId } from './request-id.ts'

const servers: ReturnType<typeof createHttpServer>[] = []

afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

test('what a parser quotes of a body is neither logged nor sent', async () => {
  const { answer, log } = await failing(() => JSON.parse('{"password": hunter2}') as unknown)
  const detail = `Internal Server Error; request ${answer.headers.get('x-request-id')}`
  expect([answer.status, await answer.json()]).toEqual([500, { detail }])
  expect(log()).toContain('SyntaxError')
  expect(log()).not.toContain('hunter2')
  const hung = await failing(() => {
    throw Object.assign(new Error('cannot read hunter2'), { body: 'hunter2' })
  })
  expect(hung.log()).not.toContain('hunter2')
})

test('the log says what failed and where, and never contains a query or a header', async () => {
  const { log } = await failing(() => (undefined as unknown as { id: number }).id)
  const lines = log()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(lines[0]?.error).toMatch(/^TypeError: .*reading 'id'.*\n\s+at /)
  expect(lines[1]).toMatchObject({ msg: 'request', method: 'GET', path: '/somewhere', status: 500 })
  expect(log()).not.toMatch(/canary/)
})

test('an error keeps the 4xx status that a parser gave it', async () => {
  const { answer } = await failing(() => {
    throw Object.assign(new Error('request entity too large'), { status: 413 })
  })
  expect([answer.status, await answer.json()]).toEqual([413, { detail: 'Payload Too Large' }])
  expect(answer.headers.get('connection')).toBe('close')
})

/** An app whose only handler does this, asked once. */
async function failing(handler: () => unknown): Promise<{ answer: Response; log: () => string }> {
  let written = ''
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString()
      done()
    },
  })
  const logger = pino({ base: null }, stream)
  const app = new Koa()
  app.use(requestId({ trustProxy: 0 }))
  app.use(logRequests(logger))
  app.use(answerErrors(logger))
  app.use((ctx) => {
    ctx.body = handler()
  })
  const server = createHttpServer(app.callback())
  servers.push(server)
  const address = await listen(server, 0, '127.0.0.1')
  const answer = await fetch(`${address}/somewhere?token=canary`, {
    headers: { Authorization: 'Bearer canary' },
  })
  return { answer, log: () => written }
}
