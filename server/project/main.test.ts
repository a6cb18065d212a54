import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { peakOverlap } from '#contract/peak-overlap.ts'
import { TraceReport, type RequestTrace } from '#contract/trace.ts'
import documents from '../../original/recording/documents.json' with { type: 'json' }
import { serveProject, type TestServer } from '../testing/serve-project.ts'
import { app } from './main.ts'

const Span = z.object({ started: z.number(), ended: z.number() })

let server: TestServer
const ADA = { username: 'ada@example.com', password: 'analytical-engine' }

beforeAll(async () => {
  server = await serveProject()
})

afterAll(() => server.close())

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(server.origin + path, { redirect: 'manual', ...init })
}

function logIn(form: Record<string, string> = ADA, headers: Record<string, string> = {}): Promise<Response> {
  return ask('/login', { method: 'POST', body: new URLSearchParams(form), headers })
}

async function tokenOf(headers?: Record<string, string>): Promise<string> {
  const { access_token } = (await (await logIn(ADA, headers)).json()) as { access_token: string }
  return access_token
}

async function traceOf(answer: Response, headers: Record<string, string> = {}): Promise<RequestTrace> {
  const [, id] = answer.headers.get('traceparent')?.split('-') ?? []
  const report = TraceReport.parse(await (await ask(`/api/traces/${id}`, { headers })).json())
  return report.requests[0]!
}

test('every response has a traceparent that continues the caller’s, and Server-Timing', async () => {
  const id = '4bf92f3577b34da6a3ce929d0e0e4736'
  for (const path of ['/items', '/users/99', '/users', '/nowhere']) {
    const answer = await ask(path, { headers: { traceparent: `00-${id}-00f067aa0ba902b7-01` } })
    expect(answer.headers.get('traceparent')).toMatch(new RegExp(`^00-${id}-[0-9a-f]{16}-01$`))
    expect(answer.headers.get('Server-Timing')).toMatch(/^total;dur=\d+\.\d\d(, [a-z]+;dur=\d+\.\d\d)+$/)
  }
  const report = TraceReport.parse(await (await ask(`/api/traces/${id}`)).json())
  expect(report.requests.map(({ path, status }) => [path, status])).toEqual([
    ['/items', 200],
    ['/users/99', 404],
    ['/users', 307],
    ['/nowhere', 404],
  ])
})

test('a trace can be read only from the sandbox that made it', async () => {
  const { id } = await server.storage.create()
  const answer = await ask('/items', { headers: { 'X-Sandbox': id } })
  expect((await traceOf(answer, { 'X-Sandbox': id })).path).toBe('/items')
  const traceId = answer.headers.get('traceparent')?.split('-')[1]
  const other = await ask(`/api/traces/${traceId}`)
  expect([other.status, await other.json()]).toEqual([404, { detail: 'Trace not found' }])
})

test('the trace of a change shows every step in order, and each check of the token by name', async () => {
  const token = await tokenOf()
  const answer = await ask('/users/1', {
    method: 'PATCH',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: '{"bio":"New"}',
  })
  const { steps } = await traceOf(answer)
  expect(steps.map(({ name }) => name)).toEqual([
    'sandbox.choose',
    'middleware.security_headers',
    'middleware.access_log',
    'middleware.cors',
    'main.routers',
    'body.parse',
    'auth.oauth2_scheme',
    'database.get_db',
    'auth.get_current_user',
    'auth.decode_token',
    'models.user',
    'database.get_db',
    'request.validation',
    'schemas.user_patch',
    'users.patch_user',
    'models.user',
    'database.session_local',
    'models.user',
    'schemas.user_out',
    'response.send',
    'database.get_db',
  ])
  const checks = steps.find(({ name }) => name === 'auth.decode_token')?.detail
  expect(checks).toMatchObject({ lifetime: 1800 })
  expect(checks?.kind === 'token' && checks.checks.map(({ name, ok }) => [name, ok])).toEqual(
    ['header', 'shape', 'algorithm', 'signature', 'exp', 'iat', 'iss', 'aud', 'sub', 'user'].map((name) => [
      name,
      true,
    ]),
  )
  expect(steps.find(({ name }) => name === 'schemas.user_out')?.detail).toMatchObject({
    removed: ['hashed_password'],
  })
})

test('a login of an unknown user compares with a dummy hash and gets the same response as a wrong password', async () => {
  const unknown = await logIn({ username: 'nobody@example.com', password: 'analytical-engine' })
  const wrong = await logIn({ ...ADA, password: 'something-else' })
  expect([unknown.status, wrong.status]).toEqual([401, 401])
  expect(await unknown.text()).toBe(await wrong.text())
  const actions = await Promise.all(
    [unknown, wrong].map(async (answer) => {
      const step = (await traceOf(answer)).steps.find(({ kind }) => kind === 'password')
      return step?.detail.kind === 'password' && step.detail.action
    }),
  )
  expect(actions).toEqual(['compare-dummy', 'compare'])
})

test('no trace contains passwords, hashes or tokens', async () => {
  const password = 'canary-in-a-coal-mine'
  const user = { name: 'Canary', email: 'canary@example.com', password }
  const body = (value: unknown) => ({
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(value),
  })
  const made = await ask('/users/', { method: 'POST', ...body(user) })
  const { id } = (await made.json()) as { id: number }
  const login = await logIn({ username: user.email, password })
  const { access_token: token } = (await login.clone().json()) as { access_token: string }
  const mine = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const answers = [
    made,
    login,
    await ask('/users/', { method: 'POST', ...body({ ...user, name: '' }) }),
    await ask('/users/', { method: 'POST', ...body(user) }),
    await ask('/users/me', { headers: mine }),
    await ask('/users/me', { headers: { Authorization: `Bearer ${token}x` } }),
    await ask(`/users/${id}`, { method: 'PUT', ...body({ ...user, age: 1 }), headers: mine }),
    await ask(`/users/${id}`, { method: 'DELETE', headers: mine }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([201, 200, 422, 400, 200, 401, 422, 204])
  for (const answer of answers) {
    const text = JSON.stringify(await traceOf(answer))
    for (const secret of [password, token, '$2b$']) expect(text).not.toContain(secret)
  }
})

test('a token is valid only in the sandbox that issued it', async () => {
  const { id } = await server.storage.create()
  const there = { 'X-Sandbox': id }
  const [mine, theirs] = [await tokenOf(), await tokenOf(there)]
  const readMe = async (token: string, headers: Record<string, string> = {}) =>
    (await ask('/users/me', { headers: { ...headers, Authorization: `Bearer ${token}` } })).status
  expect([await readMe(mine), await readMe(theirs, there)]).toEqual([200, 200])
  expect([await readMe(mine, there), await readMe(theirs)]).toEqual([401, 401])
})

test('another text for the same signature is refused', async () => {
  const token = await tokenOf()
  const bytes = Buffer.from(token.slice(token.lastIndexOf('.') + 1), 'base64url')
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const twin = [...letters]
    .map((letter) => token.slice(0, -1) + letter)
    .find(
      (text) =>
        text !== token && Buffer.from(text.slice(text.lastIndexOf('.') + 1), 'base64url').equals(bytes),
    )
  expect(twin).toBeDefined()
  const answer = await ask('/users/me', { headers: { Authorization: `Bearer ${twin}` } })
  expect(answer.status).toBe(401)
})

test('many unknown fields are all refused, and the trace shows the first hundred', async () => {
  const fields = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`field${index}`, index]))
  const answer = await ask('/users/', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(fields),
  })
  expect(((await answer.clone().json()) as { detail: unknown[] }).detail.length).toBeGreaterThan(500)
  const { detail } = (await traceOf(answer)).steps.find(({ name }) => name === 'request.validation')!
  expect(detail.kind === 'validation' && detail.fields.length).toBe(100)
})

test('each trace shows what was found in its own request, whatever came before or after', async () => {
  const paths = [
    '/users/?limit=2',
    '/users/?limit=x',
    '/users/?limit=200',
    '/users/?limit=2',
    '/users/?limit=1',
  ]
  const told = []
  for (const answer of await Promise.all(paths.map((path) => ask(path)))) {
    const { steps } = await traceOf(answer)
    const of = (name: string) => steps.find((step) => step.name === name)?.detail
    const [validated, selected] = [of('request.validation'), of('models.user')]
    const limit =
      validated?.kind === 'validation' && validated.fields.find(({ loc }) => loc.at(-1) === 'limit')
    told.push([limit && (limit.error ?? limit.valueType), selected?.kind === 'store' ? selected.rows : null])
  }
  const [two, word, many, again, one] = told
  expect([two, again, one]).toEqual([
    ['string', 2],
    ['string', 2],
    ['string', 1],
  ])
  expect([word, many]).toEqual([
    ['int_parsing', null],
    ['less_than_equal', null],
  ])
})

test('the lab runs all at once, forty at once, or one after another', async () => {
  const peakOf = async (way: string, n: number, ms: number) => {
    const all = Array.from({ length: n }, async () =>
      Span.parse(await (await ask(`/lab/wait/${way}?ms=${ms}`)).json()),
    )
    return peakOverlap(await Promise.all(all))
  }
  expect(await peakOf('async', 60, 2000)).toBe(60)
  expect(await peakOf('threadpool', 60, 2000)).toBe(40)
  expect(await peakOf('blocking', 4, 50)).toBe(1)
  expect(await peakOf('one-at-a-time', 20, 50)).toBe(1)
})

test('the routes are those of the original, each once', () => {
  const recorded = documents.requests.find(({ path }) => path === '/openapi.json')
  const { paths } = z
    .object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
    .parse(JSON.parse(recorded?.answer.text ?? ''))
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method} ${path}`),
  )
  expect(routes.length).toBeGreaterThan(10)
  expect(app.operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(routes.sort())
})

test('a row whose email is not an address doesn’t keep the list from being read', async () => {
  const store = await server.storage.create()
  await store.transact((draft) => draft.updateUser(3, { email: 'alan at example.com' }))
  const answer = await ask('/users/', { headers: { 'X-Sandbox': store.id } })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toContainEqual(expect.objectContaining({ id: 3, email: 'alan at example.com' }))
})
