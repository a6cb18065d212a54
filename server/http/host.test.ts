import { request } from 'node:http'
import { describe, expect, onTestFinished, test } from 'vitest'
import { serveViva, type ServedViva } from '../testing/serve-viva.ts'

async function serve(env: NodeJS.ProcessEnv = {}): Promise<ServedViva> {
  const viva = await serveViva(env)
  onTestFinished(() => viva.close())
  return viva
}

/** Sends a target and headers exactly as written. */
function get(viva: ServedViva, path: string, headers: readonly string[]) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]> }>((done, fail) => {
    const sent = request({ host: '127.0.0.1', port: viva.port, path, headers: [...headers] }, (answer) => {
      answer.resume()
      done({ status: answer.statusCode ?? 0, headers: answer.headers })
    })
    sent.on('error', fail).end()
  })
}

const paths = ['/', '/healthz', '/metrics', '/items', '/users', '/api/sandbox', '/nowhere']

test.each(paths)('more than one Host is refused on %s, even two equal ones', async (path) => {
  const viva = await serve()
  for (const other of ['a.test', 'b.test']) {
    expect((await get(viva, path, ['Host', 'a.test', 'Host', other])).status).toBe(400)
  }
})

test.each(paths)('an absolute target of another host is misdirected: %s', async (path) => {
  const viva = await serve()
  expect((await get(viva, `http://b.test${path}`, ['Host', 'a.test'])).status).toBe(421)
  expect((await get(viva, `http://a.test${path}`, ['Host', 'a.test'])).status).not.toBe(421)
  const known = await serve({ PUBLIC_URL: 'https://a.test' })
  expect((await get(known, `http://b.test${path}`, ['Host', 'b.test'])).status).toBe(421)
})

describe('the scheme of PUBLIC_URL decides', () => {
  test('https: redirects, Secure cookies and HSTS, with or without a proxy and whatever it claims', async () => {
    for (const TRUST_PROXY of ['0', '1']) {
      const viva = await serve({ PUBLIC_URL: 'https://viva.example', TRUST_PROXY })
      const headers = ['Host', 'localhost', 'X-Forwarded-Proto', 'http']
      const redirect = await get(viva, '/users', headers)
      expect(redirect.headers.location).toBe('https://viva.example/users/')
      expect(redirect.headers['strict-transport-security']).toMatch(/max-age=/)
      expect(String((await get(viva, '/api/sandbox', headers)).headers['set-cookie'])).toMatch(/; secure/i)
    }
  })

  test('http: none of these, whatever a proxy claims', async () => {
    const viva = await serve({ PUBLIC_URL: 'http://viva.example', TRUST_PROXY: '1' })
    const headers = ['Host', 'localhost', 'X-Forwarded-Proto', 'https']
    const redirect = await get(viva, '/users', headers)
    expect(redirect.headers.location).toBe('http://viva.example/users/')
    expect(redirect.headers['strict-transport-security']).toBeUndefined()
    expect(String((await get(viva, '/api/sandbox', headers)).headers['set-cookie'])).not.toMatch(/; secure/i)
  })
})

test.each([
  ['https', 'https'],
  ['HTTPS', 'https'],
  ['https, http', 'https'],
  ['http, https', 'http'],
  ['', 'http'],
  ['javascript', 'http'],
  ['data:text/html,x', 'http'],
  ['https://evil.example/?', 'http'],
  ['ws', 'http'],
])('X-Forwarded-Proto %j of a trusted proxy makes it %s', async (forwarded, scheme) => {
  const viva = await serve({ TRUST_PROXY: '1' })
  const { headers } = await get(viva, '/users', ['Host', 'a.test', 'X-Forwarded-Proto', forwarded])
  expect(headers.location).toBe(`${scheme}://a.test/users/`)
})

test.each([
  '/users/',
  '/%75sers/',
  '/u%73ers/1',
  '/%6cab/wait/async',
  '/users%2F1',
  '/%2f',
  '/nowhere',
  '/%6e',
  '/lessons/none',
  '/api%2Fsandbox',
  '/%61pi/sandbox',
])('the response to %s is not cached', async (path) => {
  const viva = await serve()
  expect((await get(viva, path, ['Host', 'a.test'])).headers['cache-control']).toBe('no-store')
})
