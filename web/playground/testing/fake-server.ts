import { vi } from 'vitest'

interface Seen {
  method: string
  path: string
  headers: Record<string, string>
  body: string
}

/** JSON is written out; bytes are sent as they are. */
type Reply = [status: number, json?: unknown, headers?: Record<string, string>]
type Route = (seen: Seen) => Reply

const PEOPLE = [
  { id: 1, name: 'Ada Lovelace', email: 'ada@example.com', password: 'analytical-engine' },
  { id: 2, name: 'Grace Hopper', email: 'grace@example.com', password: 'compiler-pioneer' },
]
const SANDBOX = {
  id: 'a'.repeat(26),
  people: PEOPLE,
  limits: { users: 200, bytes: 1 },
  used: { users: 2, bytes: 1 },
  cookieSent: true,
}

/** A token that ends `seconds` from now; the server never looks at its signature. */
export function fakeToken(seconds: number, id = 1): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256' })}.${part({ sub: String(id), exp: Math.floor(Date.now() / 1000) + seconds })}.c2ln`
}

/** Stands in for the network: routes by `METHOD /path`, where `:id` is the id of a trace, and everything that was asked for. */
export function fakeServer(routes: Record<string, Route> = {}) {
  const seen: Seen[] = []
  const all: Record<string, Route> = {
    'GET /api/sandbox': () => [200, SANDBOX],
    'POST /api/sandbox/reset': () => [200, SANDBOX],
    'GET /api/sandbox/store': () => [
      200,
      { revision: 1, tables: { users: { columns: ['id'], rows: [{ id: 1 }] } } },
    ],
    'POST /login': () => [200, { access_token: fakeToken(1800), token_type: 'bearer' }],
    ...routes,
  }
  vi.stubGlobal('location', new URL('http://viva.test/playground'))
  vi.stubGlobal('dispatchEvent', () => true)
  vi.stubGlobal('navigator', { onLine: true })
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = typeof input === 'string' ? new Request(new URL(input, 'http://viva.test'), init) : input
    const { pathname, search } = new URL(request.url)
    const asked = {
      method: request.method,
      path: pathname + search,
      headers: Object.fromEntries(request.headers),
      body: await request.text(),
    }
    seen.push(asked)
    const route = all[`${asked.method} ${asked.path.replace(/\b[\da-f]{32}$/, ':id')}`]
    const [status, json, headers] = route?.(asked) ?? [404, { detail: 'Not Found' }]
    if (status === 0) throw new TypeError('fetch failed')
    const body =
      json === undefined
        ? null
        : json instanceof Uint8Array
          ? new Blob([new Uint8Array(json)])
          : JSON.stringify(json)
    return new Response(body, { status, headers: { 'content-type': 'application/json', ...headers } })
  })
  return { seen, paths: () => seen.map(({ method, path }) => `${method} ${path}`) }
}
