import { expect, test } from 'vitest'
import { Sandbox, StoreView } from '#contract/sandbox.ts'
import { HIDDEN } from '#contract/trace.ts'
import { PEOPLE } from '../project/seed.ts'
import { sandboxServer } from '../testing/serve-sandbox.ts'

function cookieOf(response: Response): string {
  return response.headers.get('Set-Cookie')?.split(';')[0] ?? ''
}

async function json(response: Response | Promise<Response>): Promise<unknown> {
  return (await response).json()
}

test('a browser without a sandbox gets one with the seeded people, and keeps it', async () => {
  const { address } = await sandboxServer()
  const first = await fetch(`${address}/api/sandbox`)
  expect(first.headers.get('Set-Cookie')).toMatch(
    /^viva_sandbox=[a-z2-7]{26}; path=\/; expires=[^;]+; samesite=lax; httponly$/,
  )
  const sandbox = Sandbox.parse(await json(first))
  expect(sandbox.id).toMatch(/^[a-z2-7]{26}$/)
  expect(sandbox.people.map(({ password }) => password)).toEqual(PEOPLE.map(({ password }) => password))
  expect(sandbox).toMatchObject({ limits: { users: 200, bytes: 262_144 }, used: { users: 3 } })
  expect(sandbox.cookieSent).toBe(false)

  const again = await fetch(`${address}/api/sandbox`, { headers: { Cookie: cookieOf(first) } })
  expect(await json(again)).toEqual({ ...sandbox, cookieSent: true })
  const other = Sandbox.parse(await json(fetch(`${address}/api/sandbox`)))
  expect(other.id).not.toBe(sandbox.id)
})

test('the response says whether the cookie was sent, even when a header selects the sandbox', async () => {
  const { address, storage } = await sandboxServer()
  const [own, other] = [await storage.create(), await storage.create()]
  const named = { 'X-Sandbox': own.id }
  for (const [headers, cookieSent] of [
    [named, false],
    [{ ...named, Cookie: `viva_sandbox=${own.id}` }, true],
    [{ ...named, Cookie: `viva_sandbox=${other.id}` }, false],
  ] as const) {
    expect(await json(fetch(`${address}/api/sandbox`, { headers }))).toMatchObject({ id: own.id, cookieSent })
  }
})

test('a browser whose sandbox is gone gets a fresh one', async () => {
  const { address } = await sandboxServer()
  const stale = `viva_sandbox=${'a'.repeat(26)}`
  for (const path of ['/api/sandbox', '/api/sandbox/store']) {
    const response = await fetch(address + path, { headers: { Cookie: stale } })
    expect(response.status).toBe(200)
    expect(cookieOf(response)).toMatch(/^viva_sandbox=[a-z2-7]{26}$/)
    expect(cookieOf(response)).not.toBe(stale)
  }
})

test('the header wins over the cookie, and without either it is the default', async () => {
  const { address, storage } = await sandboxServer()
  const [named, cookied] = [await storage.create(), await storage.create()]
  const Cookie = `viva_sandbox=${cookied.id}`
  const url = `${address}/api/sandbox/reset`
  expect(
    await json(fetch(url, { method: 'POST', headers: { 'X-Sandbox': named.id, Cookie } })),
  ).toMatchObject({
    id: named.id,
  })
  expect(await json(fetch(url, { method: 'POST' }))).toMatchObject({ id: 'default' })
})

test.each([
  ['a malformed id', 'Default', 400],
  ['a path', '../../etc/passwd', 400],
  ['an unknown id', 'b'.repeat(26), 404],
])('%s in the header is refused', async (_, id, status) => {
  const { address } = await sandboxServer()
  const response = await fetch(`${address}/api/sandbox`, { headers: { 'X-Sandbox': id } })
  expect(response.status).toBe(status)
  expect(response.headers.get('Content-Type')).toMatch(/^application\/json/)
  expect(await json(response)).toEqual({ detail: expect.any(String) as unknown })
  expect(response.headers.get('Set-Cookie')).toBeNull()
})

test('a reset brings the people back', async () => {
  const { address, storage } = await sandboxServer()
  const store = await storage.create()
  await store.transact((draft) => draft.deleteUser(1))
  const headers = { 'X-Sandbox': store.id }
  const response = await fetch(`${address}/api/sandbox/reset`, { method: 'POST', headers })
  expect(await json(response)).toMatchObject({ id: store.id, used: { users: 3 } })
  expect((await store.read()).users.map(({ id }) => id)).toEqual([1, 2, 3])
})

test('the store view shows every column, and no hash', async () => {
  const { address, storage } = await sandboxServer()
  const store = await storage.create()
  await store.transact((draft) => draft.updateUser(1, { name: 'Augusta' }))
  const response = await fetch(`${address}/api/sandbox/store`, { headers: { 'X-Sandbox': store.id } })
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  const { revision, tables } = StoreView.parse(await json(response))
  expect(revision).toBe(1)
  expect(tables['users']?.columns).toEqual(Object.keys(tables['users']?.rows[0] ?? {}))
  expect(tables['users']?.rows[0]).toMatchObject({ id: 1, name: 'Augusta', hashed_password: HIDDEN })
  expect(JSON.stringify(tables)).not.toContain('$2b$')
})

test.each([
  ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }, 403],
  ['an old browser on another site', { Origin: 'https://evil.example' }, 403],
  ['a page without an origin', { Origin: 'null' }, 403],
  ['a client that sends neither header', {}, 403],
  ['this site', { 'Sec-Fetch-Site': 'same-origin' }, 200],
])('a write with a cookie, sent by %s', async (_, headers, status) => {
  const { address, storage } = await sandboxServer()
  const store = await storage.create()
  await store.transact((draft) => draft.deleteUser(1))
  const Cookie = `viva_sandbox=${store.id}`
  const response = await fetch(`${address}/api/sandbox/reset`, {
    method: 'POST',
    headers: { ...headers, Cookie },
  })
  expect(response.status).toBe(status)
  expect((await store.read()).users).toHaveLength(status === 200 ? 3 : 2)
})

test('a write with a cookie and the Origin of this host is accepted', async () => {
  const { address, storage } = await sandboxServer()
  const headers = { Origin: address, Cookie: `viva_sandbox=${(await storage.create()).id}` }
  expect((await fetch(`${address}/api/sandbox/reset`, { method: 'POST', headers })).status).toBe(200)
})

test('no sandbox is created for a page of another site', async () => {
  const { address } = await sandboxServer()
  const response = await fetch(`${address}/api/sandbox`, { headers: { 'Sec-Fetch-Site': 'cross-site' } })
  expect(response.status).toBe(403)
  expect(response.headers.get('Set-Cookie')).toBeNull()
})
