import { expect } from 'vitest'
import { ask, logIn, newSandbox, usersOf, writeBio, writersOfNewSandbox } from '../support/api.ts'
import { guarantee } from '../support/guarantees.ts'
import { sendRaw } from '../support/send-raw.ts'
import { testApp } from '../support/test-app.ts'
import { forgeries } from './forged-tokens.ts'

const SECRET = 'the secret of the attacked server, known to the attacker too'
const CREATED = { name: 'Gone', email: 'gone@example.com', password: 'three green boats' }

interface Document {
  paths: Record<string, Record<string, { security?: unknown }>>
}

guarantee(
  'A forged token opens nothing: 401 with WWW-Authenticate on every protected route',
  async (row) => {
    const app = await testApp({ env: { JWT_SECRET: SECRET, RATE_LIMIT: '0' } })
    const { origin } = app
    const [sandbox, other] = [await newSandbox(app), await newSandbox(app)]
    const send = async (path: string, init: RequestInit, to = sandbox): Promise<Response> =>
      fetch(origin + path, { ...init, headers: { 'X-Sandbox': to, ...(init.headers as object) } })
    const json = { 'Content-Type': 'application/json' }
    const login = async (username: string, password: string, to = sandbox): Promise<string> => {
      const answer = await send(
        '/login',
        { method: 'POST', body: new URLSearchParams({ username, password }) },
        to,
      )
      return ((await answer.json()) as { access_token: string }).access_token
    }

    for (const to of [sandbox, other]) {
      const made = await send('/users/', { method: 'POST', headers: json, body: JSON.stringify(CREATED) }, to)
      expect(made.status).toBe(201)
    }
    const { id } = (
      (await (await send('/users/?limit=100', {})).json()) as { id: number; email: string }[]
    ).find(({ email }) => email === CREATED.email) ?? { id: 0 }
    const deleted = await login(CREATED.email, CREATED.password)
    const foreign = await login(CREATED.email, CREATED.password, other)
    const gone = await send(`/users/${id}`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${deleted}` },
    })
    expect(gone.status).toBe(204)
    const keeper = { ...CREATED, name: 'Keeper', email: 'keeper@example.com' }
    const kept = await send('/users/', { method: 'POST', headers: json, body: JSON.stringify(keeper) })
    const { id: keeperId } = (await kept.json()) as { id: number }
    const good = await login(keeper.email, keeper.password)

    const routes = protectedRoutes((await (await send('/openapi.json', {})).json()) as Document)
    expect(routes.length).toBeGreaterThanOrEqual(4)
    const before = await (await send('/users/?limit=100', {})).text()
    const forged = forgeries({ secret: SECRET, sandbox, other, good, foreign, deleted })
    expect(forged.length).toBeGreaterThanOrEqual(60)
    row.tried = `${forged.length} tokens on each of ${routes.length} protected routes`

    const letIn: string[] = []
    for (const { method, path } of routes) {
      for (const target of ['1', String(keeperId)]) {
        for (const { what, authorization } of forged) {
          const answer = await sendRaw(origin, {
            method,
            path: path.replace(/\{[^}]+\}/, target),
            headers: [
              'X-Sandbox',
              sandbox,
              'Content-Type',
              'application/json',
              'Authorization',
              authorization,
            ],
            body: method === 'GET' || method === 'DELETE' ? '' : JSON.stringify(CREATED),
          })
          const refused =
            answer.status === 401 &&
            answer.headers['www-authenticate'] === 'Bearer' &&
            /^\{"detail":"(Could not validate credentials|Not authenticated)"\}$/.test(answer.body)
          if (!refused) letIn.push(`${method} ${path}, ${what}: ${answer.status} ${answer.body.slice(0, 80)}`)
        }
      }
    }
    expect(letIn).toEqual([])
    expect(await (await send('/users/?limit=100', {})).text()).toBe(before)

    // The same requests with a valid token are accepted, so it was the token that kept the others out.
    for (const { method, path } of routes) {
      const answer = await send(path.replace(/\{[^}]+\}/, String(keeperId)), {
        method,
        headers: { ...json, Authorization: `Bearer ${good}` },
        ...(method === 'GET' || method === 'DELETE' ? {} : { body: JSON.stringify(keeper) }),
      })
      expect([method, path, answer.status]).not.toContain(401)
    }
    row.figure = 'all 401'
  },
  120_000,
)

guarantee('A token from before a reset gives no access to users created since', async (row) => {
  const app = await testApp({ env: { RATE_LIMIT: '0' } })
  const [ada] = await writersOfNewSandbox(app)
  const { sandbox } = ada!
  const signUp = async (name: string) => {
    const body = { name, email: `${name}@example.com`, password: 'three green boats' }
    const answer = await ask(app, 'POST', '/users/', { sandbox, body })
    return ((await answer.json()) as { id: number }).id
  }
  const before = await signUp('before')
  const old = await logIn(app, sandbox, { username: 'before@example.com', password: 'three green boats' })
  const me = (token: string) => ask(app, 'GET', '/users/me', { sandbox, token })
  expect((await me(old)).status).toBe(200)

  expect((await ask(app, 'POST', '/api/sandbox/reset', { sandbox })).status).toBe(200)
  expect((await me(old)).status).toBe(401)
  const since = await signUp('since')
  expect(since).toBe(before)
  const seen = JSON.stringify(await usersOf(app, sandbox))
  const tries = [
    await me(old),
    await writeBio(app, { sandbox, id: since, token: old }, 'not mine'),
    await ask(app, 'DELETE', `/users/${since}`, { sandbox, token: old }),
  ]
  expect(tries.map(({ status }) => status)).toEqual([401, 401, 401])
  expect(JSON.stringify(await usersOf(app, sandbox))).toBe(seen)
  // Seeded people are the same as before.
  expect((await me(ada!.token)).status).toBe(200)
  row.tried = 'the token of a user whose id another user has after a reset: read, change, delete'
  row.figure = 'all 401'
})

/** Every request that needs a token, the deletion last. */
function protectedRoutes({ paths }: Document): { method: string; path: string }[] {
  const all = Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([, operation]) => operation.security !== undefined)
      .map(([method]) => ({ method: method.toUpperCase(), path })),
  )
  return all.sort((one, two) => Number(one.method === 'DELETE') - Number(two.method === 'DELETE'))
}
