import { Writable } from 'node:stream'
import Koa from 'koa'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { logRequests } from '../http/logger.ts'
import { requestId } from '../http/request-id.ts'
import { createHttpServer, listen } from '../listen.ts'
import { PoolBusy } from '../pools/fair-queue.ts'
import { StorageUnavailable } from '../storage/errors.ts'
import { answerRefusals } from './answer-refusals.ts'

const WARN = 40
const ERROR = 50

test.each([
  [new PoolBusy('Too many', 2), WARN, 'PoolBusy'],
  [new StorageUnavailable('EIO'), ERROR, 'StorageUnavailable'],
])('the log distinguishes a busy server from a broken one: %s', async (error, level, fault) => {
  let written = ''
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written += chunk.toString()
      done()
    },
  })
  const app = new Koa()
  app.use(requestId({ trustProxy: 0 }))
  app.use(logRequests(pino({ base: null }, stream)))
  app.use(answerRefusals(() => undefined))
  app.use(() => {
    throw error
  })
  const server = createHttpServer(app.callback())
  onTestFinished(() => void server.close())
  const answer = await fetch(await listen(server, 0, '127.0.0.1'))
  expect(answer.status).toBe(503)
  expect(JSON.parse(written)).toMatchObject({
    level,
    fault,
    status: 503,
    id: answer.headers.get('X-Request-Id'),
  })
})
