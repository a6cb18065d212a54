import { expect, test } from 'vitest'
import { createHttpServer, drain, listen } from './listen.ts'

test('a slow client has ten seconds for its request, not the five minutes that Node gives', () => {
  const server = createHttpServer(() => {})
  expect([server.headersTimeout, server.requestTimeout]).toEqual([10_000, 10_000])
})

test('draining answers what has begun, lets idle connections go and takes nothing new', async () => {
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
  await expect(fetch(address)).rejects.toThrow()
  answer()
  expect(await (await slow).text()).toBe('whole')
  await drained
  expect(server.listening).toBe(false)
})
