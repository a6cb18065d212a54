import { expect } from 'vitest'
import { guarantee } from '../support/guarantees.ts'
import { sendRaw } from '../support/send-raw.ts'
import { testApp } from '../support/test-app.ts'

const PAGES = [
  ...[
    '/',
    '/about',
    '/practice',
    '/playground',
    '/lessons/what-is-fastapi',
    '/docs',
    '/redoc',
    '/docs/oauth2-redirect',
  ],
  ...['/interview', '/interview/new', '/join', '/room/none', '/no/such/page'],
]

guarantee('Every page forbids inline scripts and scripts from other hosts, and has none', async (row) => {
  const { origin } = await testApp()
  for (const page of PAGES) {
    const answer = await fetch(origin + page, { headers: { Accept: 'text/html' } })
    const html = await answer.text()
    const policy = new Map(
      (answer.headers.get('Content-Security-Policy') ?? '').split(';').map((part): [string, string] => {
        const [name = '', ...sources] = part.trim().split(/\s+/)
        return [name, sources.join(' ')]
      }),
    )
    expect([page, answer.headers.get('Content-Type')]).toEqual([page, 'text/html; charset=utf-8'])
    expect([page, policy.get('script-src')]).toEqual([page, "'self'"])
    expect([page, policy.get('object-src') ?? policy.get('default-src')]).toEqual([page, "'none'"])
    expect([page, policy.get('base-uri'), policy.get('frame-ancestors')]).toEqual([page, "'none'", "'none'"])
    expect([page, answer.headers.get('X-Content-Type-Options')]).toEqual([page, 'nosniff'])
    expect([page, answer.headers.get('Referrer-Policy')]).not.toContain(null)
    for (const [tag, attributes = ''] of html.matchAll(/<script([^>]*)>/g)) {
      const fromHere =
        /\ssrc="\/[^/]/.test(attributes) || /type="application\/(json|ld\+json)"/.test(attributes)
      expect([page, tag, fromHere]).toEqual([page, tag, true])
    }
    expect(html).not.toMatch(/\son[a-z]+="|javascript:/)
  }
  row.tried = `${PAGES.length} pages, an unknown one included`
  row.figure = 'as described'
})

guarantee('A write with the cookie is accepted only from a page of this site', async (row) => {
  const { origin } = await testApp()
  const { host } = new URL(origin)
  const first = await fetch(`${origin}/api/sandbox`)
  const set = first.headers.get('Set-Cookie') ?? ''
  expect(set).toMatch(/;\s*HttpOnly/i)
  expect(set).toMatch(/;\s*SameSite=Lax/i)
  expect(set).not.toMatch(/;\s*Secure/i)
  const cookie = set.split(';')[0] ?? ''

  const foreign: [string, string[]][] = [
    ['another site', ['Origin', 'https://evil.example']],
    ['a sandboxed frame', ['Origin', 'null']],
    ['another port', ['Origin', 'http://127.0.0.1:1']],
    ['a host that starts with this one', ['Origin', `http://${host}.evil.example`]],
    ['this host as a user name', ['Origin', `http://${host}@evil.example`]],
    ['a cross-site fetch', ['Sec-Fetch-Site', 'cross-site']],
    ['another host of the same site', ['Origin', `http://sub.${host}`, 'Sec-Fetch-Site', 'same-site']],
    ['no origin at all', []],
    ['two Origin headers', ['Origin', origin, 'Origin', 'https://evil.example']],
    ['an origin with a list', ['Origin', `${origin}, https://evil.example`]],
  ]
  const writes: [string, string][] = [
    ['POST', '/users/'],
    ['PUT', '/users/1'],
    ['PATCH', '/users/1'],
    ['DELETE', '/users/1'],
    ['POST', '/login'],
    ['POST', '/api/sandbox/reset'],
    ['POST', '/api/burst'],
  ]
  for (const [who, headers] of foreign) {
    for (const [method, path] of writes) {
      const type = path === '/login' ? 'application/x-www-form-urlencoded' : 'application/json'
      const answer = await sendRaw(origin, {
        ...{ method, path, body: '{}' },
        headers: ['Cookie', cookie, 'Content-Type', type, ...headers],
      })
      expect([who, method, path, answer.status]).toEqual([who, method, path, 403])
      expect(JSON.parse(answer.body)).toEqual({ detail: expect.any(String) as unknown })
    }
  }
  const own = await sendRaw(origin, {
    ...{ method: 'POST', path: '/api/sandbox/reset' },
    headers: ['Cookie', cookie, 'Origin', origin, 'Sec-Fetch-Site', 'same-origin'],
  })
  expect(own.status).toBe(200)
  row.tried = `${foreign.length * writes.length} writes from elsewhere, and one from here`
  row.figure = 'all 403 but that one'
})

guarantee('Behind TLS the cookie is Secure; a proxy that isn’t configured isn’t trusted', async (row) => {
  const trusted = await testApp({ env: { TRUST_PROXY: '1' } })
  const plain = await testApp()
  const setBy = async (origin: string): Promise<string> =>
    (await fetch(`${origin}/api/sandbox`, { headers: { 'X-Forwarded-Proto': 'https' } })).headers.get(
      'Set-Cookie',
    ) ?? ''
  expect(await setBy(trusted.origin)).toMatch(/;\s*Secure/i)
  expect(await setBy(plain.origin)).not.toMatch(/;\s*Secure/i)
  row.tried = 'X-Forwarded-Proto behind a named proxy and without one'
  row.figure = 'as described'
})
