import { METHODS } from 'node:http'
import { connect } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveViva, type ServedViva } from '../testing/serve-viva.ts'

let viva: ServedViva

beforeAll(async () => {
  viva = await serveViva()
})

afterAll(() => viva.close())

/** Everything that comes back for these bytes, or for these pieces one after another, until the server closes. */
function send(...pieces: string[]): Promise<string> {
  return new Promise((done) => {
    const socket = connect({ host: '127.0.0.1', port: viva.port, allowHalfOpen: true })
    let received = ''
    socket.on('data', (chunk) => (received += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.on('end', () => socket.destroy())
    socket.on('close', () => done(received))
    void (async () => {
      for (const piece of pieces) {
        socket.write(piece, 'latin1')
        await new Promise((next) => setTimeout(next, 50))
      }
    })()
  })
}

const ask = (line: string, headers = '') => `${line} HTTP/1.1\r\nHost: viva.test\r\n${headers}\r\n`

/** What of an answer doesn't depend on when and to whom it was given. */
function essence(answer: string) {
  const [head = '', body = ''] = answer.split('\r\n\r\n')
  const [line = '', ...headers] = head.split('\r\n')
  const changing = /^(X-Request-Id|Date|traceparent|Server-Timing|X-Process-Time|Connection|Keep-Alive):/i
  return { line, headers: headers.filter((each) => !changing.test(each)).sort(), body }
}

test.each([
  ['get', '/items', 405, 'GET'],
  ['patch', '/users/1', 405, 'GET'],
  ['FOO', '/items?x=1', 405, 'GET'],
  ['GETX', '/users/', 405, 'POST'],
  ['post', '/login', 405, 'POST'],
  ['head', '/openapi.json', 405, 'GET, HEAD'],
  ['FOO', '/nowhere', 404, undefined],
  ['FOO', '/', 404, undefined],
  ['FOO', '/api/sandbox', 404, undefined],
  ['get', '/healthz', 404, undefined],
  ['a!b', '/%75sers/', 405, 'POST'],
  ['DESCRIBE', '/items', 405, 'GET'],
])('%s %s is answered %i, and the connection closes', async (method, path, status, allow) => {
  const answer = await send(ask(`${method} ${path}`))
  const { line, headers } = essence(answer)
  expect(line).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(headers.find((each) => /^Allow:/i.test(each))).toBe(allow && `Allow: ${allow}`)
  expect(answer).toMatch(/\r\nX-Request-Id: [\w-]{36}\r\n/)
  expect(answer).toMatch(/\r\nConnection: close\r\n/)
})

test('a path that redirects does so for an unknown method, too', async () => {
  const { line, headers } = essence(await send(ask('FOO /users?x=1')))
  expect(line).toMatch(/ 307 /)
  expect(headers).toContain('Location: http://viva.test/users/?x=1')
})

test("a method that Node doesn't know gets the same answer as one that only the app doesn't know", async () => {
  const token = fc
    .stringMatching(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,20}$/)
    .filter((method) => !METHODS.includes(method) && method !== 'PRI')
  const path = fc.constantFrom(
    '/items',
    '/users',
    '/users/1',
    '/login',
    '/nowhere',
    '/docs',
    '/api/burst',
    '/users/?a=%20',
    '/u%73ers/',
  )
  const headers = fc.constantFrom(
    '',
    'Origin: http://localhost:3000\r\n',
    'X-Sandbox: nope\r\n',
    'Content-Encoding: gzip\r\n',
    'Content-Length: 3\r\n',
  )
  await fc.assert(
    fc.asyncProperty(token, path, headers, async (method, target, more) => {
      const [one, other] = await Promise.all([
        send(ask(`${method} ${target}`, more)),
        send(ask(`PURGE ${target}`, `${more}Connection: close\r\n`.replace('Content-Length: 3\r\n', ''))),
      ])
      expect(essence(one)).toEqual(essence(other))
    }),
    { numRuns: 100 },
  )
})

test.each([
  ['no HTTP', 'hello\r\n\r\n'],
  ['another version', 'FOO / HTTP/3.0\r\nHost: x\r\n\r\n'],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ['no target', 'FOO HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a target with a space', 'FOO /a b HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['a header that is none', 'FOO / HTTP/1.1\r\nHost x\r\n\r\n'],
  ['a control character in a header', 'FOO / HTTP/1.1\r\nHost: x\r\nX: a\x01b\r\n\r\n'],
  ['a method with a bracket', 'F[O /items HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['no Host', 'FOO /items HTTP/1.1\r\n\r\n'],
])('%s is 400', async (_, bytes) => {
  const { line, body } = essence(await send(bytes))
  expect(line).toBe('HTTP/1.1 400 Bad Request')
  expect(JSON.parse(body)).toEqual({ detail: expect.any(String) as unknown })
})

test('bytes after a request with an unknown method are never read as a request', async () => {
  const answer = await send(`FOO /items HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n${ask('GET /items')}`)
  expect(answer.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 405'])
})

test.each(['FOO /items HTTP/1.1\r\nHost: x\r\n\r\n', 'nonsense\r\n\r\n'])(
  'a refusal waits for the answers to earlier requests: %j',
  async (bytes) => {
    const answer = await send(`${ask('GET /lab/wait/async?ms=300')}${ask('GET /items')}${bytes}`)
    const statuses = answer.match(/HTTP\/1\.1 \d+/g)
    expect(statuses?.slice(0, 2)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 200'])
    expect(statuses?.[2]).toMatch(/ 40[05]$/)
    expect(statuses).toHaveLength(3)
  },
)

test('a malformed body is refused in its turn', async () => {
  const head =
    'POST /users/ HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
  const answer = await send(`${ask('GET /lab/wait/async?ms=200')}${head}`, 'zz\r\n')
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', 'HTTP/1.1 400'])
})

test('a method that arrives in pieces is answered, too', async () => {
  expect(essence(await send('F', 'OO /items HTTP/1.1\r\nHo', 'st: x\r\n\r\n')).line).toMatch(/ 40[05] /)
})
