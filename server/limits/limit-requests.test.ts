import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { limitRequests } from './limit-requests.ts'
import { requestLimit } from './memory-limits.ts'
import { ownHeaders } from './own-requests.ts'

// However long the requests of a test take, they come at one moment.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

/** Asks an app that lets each address have so many requests a second; what comes back is status, wait and text. */
async function appWith(perSecond: number) {
  const app = new Koa()
  app.use(limitRequests(requestLimit(perSecond)))
  app.use((ctx) => {
    ctx.body = 'answered'
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return async (headers: Record<string, string> = {}) => {
    const answer = await fetch(`http://127.0.0.1:${port}/`, { headers })
    return { status: answer.status, wait: answer.headers.get('Retry-After'), text: await answer.text() }
  }
}

test('an address has its requests per second, averaged over ten, and then has to wait', async () => {
  const ask = await appWith(2)
  const answers = []
  for (let count = 0; count < 22; count += 1) answers.push(await ask())
  expect(answers.slice(0, 20)).toEqual(
    Array.from({ length: 20 }, () => ({ status: 200, wait: null, text: 'answered' })),
  )
  for (const { status, wait, text } of answers.slice(20)) {
    expect([status, JSON.parse(text)]).toEqual([429, { detail: 'Too many requests from your address' }])
    expect(wait).toBe('10')
  }
})

test("the app's own requests aren't counted, and no one can pose as the app", async () => {
  const ask = await appWith(1)
  for (let count = 0; count < 12; count += 1) expect((await ask(ownHeaders('192.0.2.1'))).status).toBe(200)
  const claim = Object.fromEntries(Object.keys(ownHeaders('192.0.2.1')).map((name) => [name, 'yes']))
  const statuses = []
  for (let count = 0; count < 11; count += 1) statuses.push((await ask(claim)).status)
  expect(statuses).toEqual([...Array<number>(10).fill(200), 429])
})

test('0 disables the limit', async () => {
  const ask = await appWith(0)
  for (let count = 0; count < 30; count += 1) expect((await ask()).status).toBe(200)
})
