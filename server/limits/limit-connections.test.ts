import type { Server } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createHttpServer, listen } from '../listen.ts'
import { maxConnections, type ConnectionLimits } from './limit-connections.ts'

async function server(limits: ConnectionLimits) {
  let requests = 0
  const server = createHttpServer((_request, response) => {
    requests += 1
    response.end('done')
  }, limits)
  await listen(server, 0, '127.0.0.1')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { server, requests: () => requests }
}

/** Asks on a connection of its own, which stays open. */
function ask(server: Server, localAddress = '127.0.0.1'): Promise<{ socket: Socket; answer: string }> {
  return new Promise((done, fail) => {
    const { port } = server.address() as AddressInfo
    const socket = connect({ host: '127.0.0.1', port, localAddress })
    onTestFinished(() => void socket.destroy())
    socket.on('error', fail)
    socket.on('connect', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))
    socket.once('data', (chunk) => done({ socket, answer: chunk.toString() }))
  })
}

test('an address with too many connections gets 429 without any work being done; others are served', async () => {
  const { server: tested, requests } = await server({ perAddress: 2, trustProxy: 0 })
  const [first] = [await ask(tested), await ask(tested)]
  const refused = await ask(tested)
  expect(refused.answer).toMatch(/^HTTP\/1\.1 429 /)
  expect(refused.answer).toMatch(/\r\nRetry-After: 5\r\n/)
  expect(refused.answer).toContain('{"detail":"Too many connections from your address"}')
  expect((await ask(tested, '127.0.0.2')).answer).toMatch(/^HTTP\/1\.1 200 /)
  expect(requests()).toBe(3)

  first.socket.destroy()
  await expect.poll(async () => (await ask(tested)).answer).toMatch(/^HTTP\/1\.1 200 /)
})

test.each([
  ['0 disables the limit', { perAddress: 0, trustProxy: 0 }],
  ['behind a proxy, whose connections are those of many clients', { perAddress: 1, trustProxy: 1 }],
])('%s', async (_, limits) => {
  const { server: tested } = await server(limits)
  for (let count = 0; count < 5; count += 1) expect((await ask(tested)).answer).toMatch(/^HTTP\/1\.1 200 /)
})

test.each([
  [undefined, undefined],
  [1024, 768],
  [20_000, 19_744],
  [300, 150],
])('of %s descriptors connections may have %s', (descriptors, connections) => {
  expect(maxConnections(descriptors)).toBe(connections)
})
