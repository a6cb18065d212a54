import { afterAll, beforeAll, expect, test } from 'vitest'
import { CrossOriginReport, type CrossOriginRequest } from '#contract/cross-origin.ts'
import { Sandbox, StoreView } from '#contract/sandbox.ts'
import { serveViva, type ServedViva } from '../testing/serve-viva.ts'

const STRANGER = 'https://stranger.example'
const FORM = 'application/x-www-form-urlencoded'

let viva: ServedViva
let sandbox: string
beforeAll(async () => {
  viva = await serveViva()
  sandbox = Sandbox.parse(await (await fetch(`${viva.origin}/api/sandbox`)).json()).id
})
afterAll(() => viva.close())

function ask(body: Partial<CrossOriginRequest>): Promise<Response> {
  return fetch(`${viva.origin}/api/cross-origin`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Sandbox': sandbox },
    body: JSON.stringify({ method: 'GET', path: '/items', headers: [], body: null, ...body }),
  })
}

async function report(body: Partial<CrossOriginRequest>) {
  const { status, headers, text } = CrossOriginReport.parse(await (await ask(body)).json())
  return { status, text, allowed: Object.fromEntries(headers)['access-control-allow-origin'] }
}

test('a stranger’s form is handled, and the response names no origin', async () => {
  const { status, text, allowed } = await report({
    method: 'POST',
    path: '/login',
    headers: [
      ['Origin', STRANGER],
      ['Content-Type', FORM],
    ],
    body: 'username=ada%40example.com&password=analytical-engine',
  })
  expect([status, allowed]).toEqual([200, undefined])
  expect(JSON.parse(text)).toMatchObject({ token_type: 'bearer' })
})

test('a stranger’s preflight is refused', async () => {
  const headers: [string, string][] = [
    ['Origin', STRANGER],
    ['Access-Control-Request-Method', 'POST'],
    ['Access-Control-Request-Headers', 'content-type'],
  ]
  expect(await report({ method: 'OPTIONS', path: '/users/', headers })).toEqual({
    status: 400,
    text: 'Disallowed CORS origin',
    allowed: undefined,
  })
})

test('the origin that the project allows is named', async () => {
  const headers: [string, string][] = [['Origin', 'http://localhost:5173']]
  expect(await report({ headers })).toMatchObject({ status: 200, allowed: 'http://localhost:5173' })
})

test('a request reaches the caller’s sandbox and no other', async () => {
  const eve = { name: 'Eve', email: 'eve@example.com', password: 'correct-horse-battery' }
  const { status } = await report({
    method: 'POST',
    path: '/users/',
    headers: [
      ['Origin', STRANGER],
      ['Content-Type', 'application/json'],
    ],
    body: JSON.stringify(eve),
  })
  expect(status).toBe(201)
  const rows = async (id: string): Promise<unknown[]> => {
    const answer = await fetch(`${viva.origin}/api/sandbox/store`, { headers: { 'X-Sandbox': id } })
    return StoreView.parse(await answer.json()).tables['users']?.rows ?? []
  }
  expect(await rows(sandbox)).toHaveLength(4)
  expect(await rows('default')).toHaveLength(3)
})

test.each<[string, Partial<CrossOriginRequest>]>([
  ['this app’s own API', { path: '/api/sandbox' }],
  ['another host', { path: '//stranger.example/' }],
  ['a path with a line break', { path: '/items?\r\nX-Sandbox: default' }],
  ['a header that names another client', { headers: [['X-Forwarded-For', '10.0.0.1']] }],
  ['a header that names another sandbox', { headers: [['X-Sandbox', 'default']] }],
  ['a header with a line break', { headers: [['Origin', 'x\r\nX-Sandbox: default']] }],
])('%s is refused', async (_, body) => {
  const answer = await ask(body)
  expect(answer.status).toBe(422)
  expect(await answer.json()).toHaveProperty('detail')
})

test('wrong passwords count for the visitor, whichever way the logins were sent', async () => {
  const proxied = await serveViva({ TRUST_PROXY: '1' })
  const body = 'username=grace%40example.com&password=wrong'
  const post = (path: string, visitor: string, type: string, text: string): Promise<Response> =>
    fetch(proxied.origin + path, {
      method: 'POST',
      headers: { 'Content-Type': type, 'X-Forwarded-For': visitor },
      body: text,
    })
  const crossOrigin = async (visitor: string): Promise<number> => {
    const headers = [
      ['Origin', STRANGER],
      ['Content-Type', FORM],
    ]
    const wanted = JSON.stringify({ method: 'POST', path: '/login', headers, body })
    const response = await post('/api/cross-origin', visitor, 'application/json', wanted)
    return CrossOriginReport.parse(await response.json()).status
  }
  try {
    const statuses = new Set<number>()
    for (let count = 0; count < 100 && !statuses.has(429); count += 1)
      statuses.add((await post('/login', '192.0.2.1', FORM, body)).status)
    expect([...statuses]).toEqual([401, 429])
    expect(await crossOrigin('192.0.2.1')).toBe(429)
    expect(await crossOrigin('192.0.2.2')).toBe(401)
  } finally {
    await proxied.close()
  }
})
