import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendPipelined, type RawRequest } from '../../original/replay/raw-client.ts'
import { serveViva, type ServedViva } from '../testing/serve-viva.ts'

let viva: ServedViva

beforeAll(async () => {
  viva = await serveViva()
})

afterAll(() => viva.close())

const LIST: RawRequest = { method: 'GET', path: '/users/', headers: [] }

function signUp(email: string): RawRequest {
  const body = Buffer.from(JSON.stringify({ name: 'Odd', email, password: 'long-enough-word' }))
  return { method: 'POST', path: '/users/', headers: [['Content-Type', 'application/json']], body }
}

test('each of the requests written at once to a connection sees what those before it wrote', async () => {
  const requests = [LIST, signUp('first@example.com'), LIST, signUp('second@example.com'), LIST]
  const answers = await sendPipelined(viva.origin, requests)
  expect(answers.map(({ status }) => status)).toEqual([200, 201, 200, 201, 200])
  const [before, between, after] = [0, 2, 4].map((index) => emailsIn(answers[index]!.body))
  expect(between).toEqual([...before!, 'first@example.com'])
  expect(after).toEqual([...between!, 'second@example.com'])
})

test('a request that waits for its turn is dropped when its client hangs up', async () => {
  const socket = connect(viva.port, '127.0.0.1')
  await once(socket, 'connect')
  const { headers, body } = signUp('gone@example.com')
  const head = [...headers, ['Content-Length', String(body!.length)], ['Host', 'viva.test']]
  socket.write('GET /lab/wait/async?ms=500 HTTP/1.1\r\nHost: viva.test\r\n\r\n')
  socket.write(`POST /users/ HTTP/1.1\r\n${head.map((pair) => pair.join(': ')).join('\r\n')}\r\n\r\n`)
  socket.write(body!)
  // The server has read all of it once it answers a request that was sent afterwards.
  await fetch(`${viva.origin}/users/`)
  socket.destroy()
  // As long as the request before it took, and longer than a sign-up takes.
  await fetch(`${viva.origin}/lab/wait/async?ms=1500`)
  expect(emailsIn(Buffer.from(await (await fetch(`${viva.origin}/users/`)).arrayBuffer()))).not.toContain(
    'gone@example.com',
  )
})

function emailsIn(body: Buffer): string[] {
  return (JSON.parse(body.toString()) as { email: string }[]).map(({ email }) => email)
}
