import { readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { expect } from 'vitest'
import { guarantee } from '../support/guarantees.ts'
import { currentBuild } from '../support/app.ts'
import { testApp } from '../support/test-app.ts'
import { sendBytes } from './send-bytes.ts'

/** The content of files that no one may read over HTTP: the machine's users, the package, a sandbox, a key. */
const INSIDES = /root:x:0:0:|"devDependencies"|"scarfSettings"|"checksum"|BEGIN [A-Z ]*PRIVATE KEY/

guarantee('No path leads out of what is served', async (row) => {
  const { origin, dataDir } = await testApp()
  const secret = await readFile(join(dataDir, 'jwt-secret'), 'utf8')
  const escaped = (answer: string): boolean => INSIDES.test(answer) || answer.includes(secret.trim())
  const ways = [
    '../',
    '..%2f',
    '%2e%2e/',
    '%2e%2e%2f',
    '..%252f',
    '..\\',
    '..%5c',
    '%c0%ae%c0%ae/',
    '....//',
    '..;/',
    '.%00./',
  ]
  const targets = [
    'etc/passwd',
    'package.json',
    'data/jwt-secret',
    relative('.', join(await currentBuild(), 'server/index.js')),
    '.git/config',
    '.env',
  ]
  const bases = [
    '/',
    '/assets/',
    '/lessons/',
    '/docs-assets/',
    '/docs-assets/swagger-ui/',
    '/api/traces/',
    '/room/',
    '/interview/',
  ]
  let tried = 0
  const out: string[] = []
  for (const base of bases) {
    for (const way of ways) {
      for (const target of targets) {
        const path = base + way.repeat(6) + target
        const answer = await sendText(origin, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
        tried += 1
        if (escaped(answer) || /^HTTP\/1\.1 5/.test(answer)) out.push(`${path}: ${answer.slice(0, 60)}`)
      }
    }
  }
  for (const path of [
    'file:///etc/passwd',
    'http://127.0.0.1:22/',
    '//etc/passwd',
    '/%00',
    '/assets/%00.js',
    '/\\..\\..\\etc\\passwd',
  ]) {
    const answer = await sendText(origin, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)
    tried += 1
    if (escaped(answer) || /^HTTP\/1\.1 5/.test(answer)) out.push(`${path}: ${answer.slice(0, 60)}`)
  }
  expect(out).toEqual([])
  row.tried = `${tried} paths`
  row.figure = '0 led out, 0 answers of 5xx'
})

guarantee('What isn’t a good request gets the right status in FastAPI’s shape', async (row) => {
  const { origin } = await testApp()
  const post = (headers: string, body: string, path = '/users/'): string =>
    `POST ${path} HTTP/1.1\r\nHost: x\r\n${headers}Content-Length: ${Buffer.byteLength(body, 'latin1')}\r\nConnection: close\r\n\r\n${body}`
  const json = 'Content-Type: application/json\r\n'
  const cases: [what: string, sent: string, status: RegExp][] = [
    ['a head over 16 kB', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(20_000)}\r\n\r\n`, /^431$/],
    [
      'a body that says it is too large',
      `POST /users/ HTTP/1.1\r\nHost: x\r\n${json}Content-Length: 999999\r\n\r\n`,
      /^413$/,
    ],
    ['a body that is too large', post(json, `"${'a'.repeat(70_000)}"`), /^413$/],
    ['a compressed body', post(`${json}Content-Encoding: gzip\r\n`, 'x'), /^415$/],
    ['a broken deflate', post(`${json}Content-Encoding: deflate\r\n`, 'x'), /^415$/],
    [
      'multipart without a boundary',
      post('Content-Type: multipart/form-data\r\n', 'x', '/login'),
      /^4(00|22)$/,
    ],
    ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n', /^405$/],
    [
      'an unknown expectation',
      'GET / HTTP/1.1\r\nHost: x\r\nExpect: wonders\r\nConnection: close\r\n\r\n',
      /^417$/,
    ],
    ['no HTTP at all', 'hello\r\n\r\n', /^400$/],
    ['an unknown method', 'FROB /items HTTP/1.1\r\nHost: x\r\n\r\n', /^405$/],
    ['one in small letters', 'get /items HTTP/1.1\r\nHost: x\r\n\r\n', /^405$/],
    ['two Host headers', 'GET /items HTTP/1.1\r\nHost: x\r\nhost: x\r\n\r\n', /^400$/],
    ['a target on another host', 'GET http://other.example/items HTTP/1.1\r\nHost: x\r\n\r\n', /^421$/],
    [
      'two lengths',
      'POST /users/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
      /^400$/,
    ],
    [
      'length and chunks',
      'POST /users/ HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^400$/,
    ],
    ['a negative length', 'POST /users/ HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n', /^400$/],
    ['JSON nested over 32', post(json, '['.repeat(5_000) + ']'.repeat(5_000)), /^4(00|22)$/],
    ['JSON cut', post(json, '{"name":'), /^422$/],
    ['a lone surrogate', post(json, '{"name":"\\ud800"}'), /^422$/],
    ['bytes that are no UTF-8', post(json, '{"name":"\xff"}'), /^4(00|22)$/],
  ]
  for (const [what, sent, status] of cases) {
    const answer = await sendText(origin, sent)
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    expect([what, /^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]]).toEqual([
      what,
      expect.stringMatching(status) as unknown,
    ])
    expect([what, JSON.parse(body)]).toEqual([what, { detail: expect.anything() as unknown }])
  }
  expect((await fetch(`${origin}/healthz`)).status).toBe(200)
  row.tried = `${cases.length} kinds of them, as bytes`
  row.figure = 'as described'
})

/** Everything that is received in response to these bytes. */
function sendText(origin: string, text: string): Promise<string> {
  return sendBytes(Number(new URL(origin).port), Buffer.from(text, 'latin1'))
}
