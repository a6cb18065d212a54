import { once } from 'node:events'
import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import Koa from 'koa'
import { expect, onTestFinished, test } from 'vitest'
import { clientKey, clientOf } from './client-address.ts'

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['64:ff9b::192.0.2.7', '64:ff9b:0:0::/64'],
  ['::ffff:10.20.30.40', '10.20.30.40'],
  ['1::ffff:192.0.2.7', '1:0:0:0::/64'],
  ['::5:6:7:8:9:a', '0:0:5:6::/64'],
  ['1::5:6:7:8:9:a', '1:0:5:6::/64'],
  ['::3:4:5:6:192.0.2.7', '0:0:3:4::/64'],
  ['::ffff:192.0.2.7.example', '::ffff:192.0.2.7.example'],
])('%s is counted as %s', (address, key) => {
  expect(clientKey(address)).toBe(key)
})

test.each([
  [0, '203.0.113.9', '127.0.0.1'],
  [1, '203.0.113.9', '203.0.113.9'],
  [1, '198.51.100.66, 203.0.113.9', '203.0.113.9'],
  [2, '198.51.100.66, 203.0.113.9, 192.0.2.1', '203.0.113.9'],
  [1, '198.51.100.66, not an address', '127.0.0.1'],
  [1, undefined, '127.0.0.1'],
])('behind %i proxies, X-Forwarded-For "%s" is %s', async (proxies, forwarded, client) => {
  expect(await clientBehind(proxies, forwarded)).toBe(client)
})

/** Who an app behind so many proxies takes a request of this machine for. */
async function clientBehind(proxies: number, forwarded: string | undefined): Promise<string> {
  const app = new Koa({ proxy: proxies > 0, maxIpsCount: proxies })
  app.use((ctx) => {
    ctx.body = clientOf(ctx)
  })
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const headers = forwarded === undefined ? {} : { 'X-Forwarded-For': forwarded }
  const sent = request({ host: '127.0.0.1', port, headers, agent: false }).end()
  const [answer] = (await once(sent, 'response')) as [AsyncIterable<Buffer>]
  let text = ''
  for await (const chunk of answer) text += chunk.toString()
  return text
}
