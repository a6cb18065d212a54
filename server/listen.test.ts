import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { createHttpServer, drain, listen } from './listen.ts'

test("a slow client is closed within ten seconds, not Node's five minutes", () => {
  const server = createHttpServer(() => {})
  // Node looks at its connections once a second here.
  expect([server.headersTimeout, server.requestTimeout]).toEqual([9_000, 9_000])
})

test('draining answers requests that have started, closes idle connections and accepts nothing new', async () => {
  let begun = (): void => {}
  let answer = (): void => {}
  const hasBegun = new Promise<void>((done) => (begun = done))
  const server = createHttpServer((request, response) => {
    if (request.url === '/idle') return response.end('kept alive')
    answer = () => response.end('whole')
    begun()
  })
  const address = await listen(server, 0, '127.0.0.1')
  expect(await (await fetch(`${address}/idle`)).text()).toBe('kept alive')
  const slow = fetch(address)
  await hasBegun

  const drained = drain(server)
  await expect.poll(() => server.listening).toBe(false)
  await expect(fetch(address)).rejects.toThrow()
  answer()
  expect(await (await slow).text()).toBe('whole')
  await drained
  expect(server.listening).toBe(false)
})

test('draining answers connections that were still waiting to be accepted', async () => {
  const server = createHttpServer((_, response) => void response.end('whole'))
  const address = await listen(server, 0, '127.0.0.1')
  // Nothing of these reaches the server before this turn of the event loop is over.
  const asked = Array.from({ length: 20 }, () => get(`${address.replace('localhost', '127.0.0.1')}/`))
  const answers = asked.map((request) => once(request, 'response'))
  const drained = drain(server)
  for (const [answer] of (await Promise.all(answers)) as [IncomingMessage][]) {
    expect(answer.statusCode).toBe(200)
    answer.resume()
  }
  await drained
})

test("connections that can't be accepted are reported once a minute, and the server continues", async () => {
  const reported: string[] = []
  const server = createHttpServer((_, response) => void response.end('whole'), {
    perAddress: 0,
    trustProxy: 0,
    report: ({ message }) => reported.push(message),
  })
  const address = await listen(server, 0, '127.0.0.1')
  for (let time = 0; time < 3; time += 1) server.emit('error', new Error('accept EMFILE'))
  expect(await (await fetch(address)).text()).toBe('whole')
  expect(reported).toEqual(['accept EMFILE'])
  await drain(server)
})
