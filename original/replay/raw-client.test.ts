import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { sendRaw, sendPipelined, statusOf } from './raw-client.ts'

let server: Server | undefined
let received = ''

afterEach(() => server?.close())

/** A server that sends `answer` in response to anything. */
async function saying(answer: string): Promise<string> {
  received = ''
  server = createServer((socket) => {
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1')
      socket.end(answer)
    })
  })
  await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const OK = 'HTTP/1.1 204 No Content\r\n\r\n'

test('sends only the given headers, exactly as written, and those that HTTP requires', async () => {
  const origin = await saying(OK)
  await sendRaw(origin, {
    method: 'POST',
    path: '/%zz?',
    headers: [['x-ODD', ' a ']],
    body: Buffer.from('{'),
  })
  const host = new URL(origin).host
  expect(received).toBe(
    `POST /%zz? HTTP/1.1\r\nHost: ${host}\r\nx-ODD:  a \r\nContent-Length: 1\r\nConnection: close\r\n\r\n{`,
  )
})

test('a request without a body has no Content-Length, and neither has a chunked one', async () => {
  await sendRaw(await saying(OK), { method: 'POST', path: '/', headers: [] })
  expect(received).not.toContain('Content-Length')
  await sendRaw(await saying(OK), {
    method: 'POST',
    path: '/',
    headers: [],
    body: Buffer.from('{}'),
    chunked: true,
  })
  expect(received).toMatch(/Transfer-Encoding: chunked\r\n[^]*\r\n\r\n2\r\n\{\}\r\n0\r\n\r\n$/)
})

test('a response is read with all of its headers, in one piece or in chunks', async () => {
  const head = 'HTTP/1.1 200 OK\r\nA: 1\r\na: 2\r\n'
  const whole = await sendRaw(await saying(`${head}\r\nbody`), { method: 'GET', path: '/', headers: [] })
  expect(whole).toMatchObject({
    status: 200,
    headers: [
      ['a', '1'],
      ['a', '2'],
    ],
  })
  expect(whole.body.toString()).toBe('body')
  const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n1\r\ny\r\n0\r\n\r\n`
  const joined = await sendRaw(await saying(chunked), { method: 'GET', path: '/', headers: [] })
  expect(joined.body.toString()).toBe('body')
})

test('a response that isn’t HTTP is refused', async () => {
  const asked = sendRaw(await saying('SSH-2.0'), { method: 'GET', path: '/', headers: [] })
  await expect(asked).rejects.toThrow('not an HTTP response: SSH-2.0')
})

test('several requests are sent at once, the last one closes, and each gets its response', async () => {
  const first = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\none'
  const head = 'HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n'
  const origin = await saying(`${first}${head}${first}`)
  const answers = await sendPipelined(origin, [
    { method: 'GET', path: '/1', headers: [] },
    { method: 'HEAD', path: '/2', headers: [] },
    { method: 'GET', path: '/3', headers: [] },
  ])
  expect(answers.map(({ body }) => body.toString())).toEqual(['one', '', 'one'])
  expect(received.match(/^\w+ \/\d|Connection: close/gm)).toEqual([
    'GET /1',
    'HEAD /2',
    'GET /3',
    'Connection: close',
  ])
})

test('raw bytes return the first status', async () => {
  expect(
    await statusOf(await saying('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'), 'x\u00e9'),
  ).toBe(100)
  expect(received).toBe('x\u00e9')
  await expect(statusOf(await saying(''), 'x')).rejects.toThrow('closed without an answer to x')
})
