import { randomBytes, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import { newKey, RoomClient, Writer } from '../../server/interview/testing/room-client.ts'
import { guarantee } from '../support/guarantees.ts'
import { sendRaw } from '../support/send-raw.ts'
import { testApp } from '../support/test-app.ts'

const PASSWORD = 'canary-in-a-coal-mine-7'
const JSON_TYPE = { 'Content-Type': 'application/json' }

guarantee('Passwords and tokens appear nowhere: logs, traces, store, metrics, refusals', async (row) => {
  const app = await testApp({ env: { LOG_LEVEL: 'trace' } })
  const traces: string[] = []
  const told: string[] = []
  /** Sends one request; its response is searched, too, unless it is the token itself. */
  const ask = async (path: string, init: RequestInit = {}, tells = true): Promise<Response> => {
    const traceId = randomBytes(16).toString('hex')
    traces.push(traceId)
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`
    const answer = await fetch(app.origin + path, {
      redirect: 'manual',
      ...init,
      headers: { traceparent, ...(init.headers as Record<string, string> | undefined) },
    })
    if (tells) told.push(await answer.clone().text(), JSON.stringify([...answer.headers]))
    return answer
  }
  const person = { name: 'Canary', email: 'canary@example.com', password: PASSWORD }
  const form = new URLSearchParams({ username: person.email, password: PASSWORD })

  const made = await ask('/users/', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(person) })
  expect(made.status).toBe(201)
  const { id } = (await made.json()) as { id: number }
  const login = await ask('/login', { method: 'POST', body: form }, false)
  const { access_token: token } = (await login.json()) as { access_token: string }
  const mine = { Authorization: `Bearer ${token}` }

  const bodies = [
    JSON.stringify(person),
    JSON.stringify({ ...person, name: '' }),
    JSON.stringify({ password: PASSWORD }),
    JSON.stringify([PASSWORD]),
    JSON.stringify({ ...person, password: [PASSWORD] }),
    JSON.stringify({ ...person, password: PASSWORD.repeat(5) }),
    `{"password":"${PASSWORD}"`,
    PASSWORD,
  ]
  for (const path of ['/users/', `/users/${id}`, '/login', '/api/burst', '/nowhere', '/api/sandbox/reset']) {
    for (const method of ['POST', 'PUT', 'PATCH']) {
      for (const body of bodies) await ask(path, { method, headers: { ...JSON_TYPE, ...mine }, body })
    }
  }
  await ask('/login', {
    method: 'POST',
    body: new URLSearchParams({ username: PASSWORD, password: PASSWORD }),
  })
  for (const Authorization of [`Bearer ${token}`, `Bearer ${token}x`, `Basic ${token}`, token]) {
    for (const path of ['/users/me', `/users/${id}`, '/items', '/nowhere']) {
      await ask(path, { headers: { Authorization } })
      await ask(`${path}?token=${token}&password=${PASSWORD}`, { headers: { Authorization } })
    }
  }
  for (const traceId of traces) told.push(await (await fetch(`${app.origin}/api/traces/${traceId}`)).text())
  for (const path of ['/api/sandbox/store', '/metrics', '/users/?limit=100', '/openapi.json']) {
    told.push(await (await fetch(app.origin + path)).text())
  }

  const all = [...told, app.log].join('\n')
  // What traces and log may show is there, so both were really searched.
  expect(all).toContain('auth.verify_password')
  expect(app.log).toContain('"path":"/login"')
  const [, payload = '', signature = ''] = token.split('.')
  for (const secret of [PASSWORD, token, payload, signature, '$2b$']) {
    expect(all.split(secret).length - 1, `how often ${secret.slice(0, 12)}… is told`).toBe(0)
  }
  row.tried = `${traces.length} requests with a password and a token, valid and broken; then log, traces, store, metrics, answers`
  row.figure = '0 hits'
})

guarantee(
  'What is written in a room, and the keys that open it, appear in no log and no metric',
  async (row) => {
    const app = await testApp({ env: { LOG_LEVEL: 'trace', RATE_LIMIT: '0' } })
    const room = await new RoomClient(app.origin).open()
    const [stranger, text] = [newKey(), new Writer()]
    const rooms = `/api/interviews/${room.id}/rooms/${room.room}`
    await room.host({ type: 'go-to', question: 'q1' })
    await room.host({ type: 'write-notes', question: 'q1', update: new Writer().type('canary-note-of-mine') })
    await room.host({ type: 'mark', moment: randomUUID(), label: 'canary-moment' })
    await room.seat({ type: 'write', question: 'q1', update: text.type('canary-of-the-candidate') })
    await room.seat({ type: 'write', question: 'q1', update: 'canary-no-update' })
    let requests = 0
    for (const key of [room.key, room.seatKey, stranger, `${room.key}x`]) {
      for (const path of [
        ...['', '/grid', '/nowhere', `?key=${room.key}`].map((part) => `/api/interviews/${room.id}${part}`),
        ...['/report', '/candidate-report', '/replay', '/traces/00'].map((part) => rooms + part),
        ...['/report', '/nowhere', `?key=${room.seatKey}`].map((part) => `/api/rooms/${room.room}${part}`),
        `/api/join/${room.code}`,
        `/api/JOIN/${room.code}`,
      ]) {
        for (const body of [undefined, '{"canary":', { label: 'canary-body' }]) {
          await room.call(path, key, body)
          requests += 1
        }
      }
    }
    for (const stream of [await room.hostStream(), await room.seatStream()]) {
      await stream.until(() => true)
      stream.close()
    }
    await room.join('canary-name', newKey())
    await fetch(`${app.origin}/join/${room.code}`)
    const metrics = await (await fetch(`${app.origin}/metrics`)).text()
    await app.stop()

    expect(app.log).toContain('"path":"/api/interviews')
    const kept = await textsIn(app.dataDir)
    expect(kept).toContain('canary-title')
    const keys = [room.key, room.seatKey, stranger]
    for (const secret of [...keys, room.code, 'canary', 'Cleo']) {
      expect((app.log + metrics).split(secret).length - 1, `how often ${secret} is told`).toBe(0)
    }
    for (const key of keys) expect(kept.split(key).length - 1, 'how often a key is kept').toBe(0)
    row.tried = `${requests} requests with each side's key, a stranger's and a broken one, good and bad bodies, both streams; then log, metrics, files`
    row.figure = '0 hits in log and metrics; no key in a file'
  },
)

/** The contents of all files of a folder as one text. */
async function textsIn(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return (
    await Promise.all(files.map(({ parentPath, name }) => readFile(join(parentPath, name), 'utf8')))
  ).join('\n')
}

guarantee('/metrics answers only this machine, or a caller with the token', async (row) => {
  const open = await testApp()
  const numbers = await fetch(`${open.origin}/metrics`)
  expect([numbers.status, numbers.headers.get('Cache-Control')]).toEqual([200, 'no-store'])
  await fetch(`${open.origin}/users/7654321`)
  const text = await (await fetch(`${open.origin}/metrics`)).text()
  expect(text).toContain('route="/users/{user_id}"')
  expect(text).not.toContain('7654321')
  for (const name of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP']) {
    const passedOn = await fetch(`${open.origin}/metrics`, { headers: { [name]: '127.0.0.1' } })
    expect([name, passedOn.status, await passedOn.json()]).toEqual([
      name,
      403,
      { detail: expect.any(String) as unknown },
    ])
  }

  const { port } = new URL(open.origin)
  for (const [host, status] of [
    [`localhost:${port}`, 200],
    [`[::1]:${port}`, 200],
    [`evil.example:${port}`, 403],
    [`127.0.0.1.evil.example:${port}`, 403],
    ['localhost.evil.example', 403],
  ] as const) {
    const answer = await sendRaw(open.origin, { method: 'GET', path: '/metrics', headers: [], host })
    expect([host, answer.status]).toEqual([host, status])
  }
  const known = await testApp({ env: { PUBLIC_URL: 'http://localhost:8000' } })
  expect((await fetch(`${known.origin}/metrics`)).status).toBe(403)

  const closed = await testApp({ env: { METRICS_TOKEN: 'a-token-for-numbers-only-32-bytes' } })
  const statuses: number[] = []
  for (const given of [undefined, 'Bearer wrong', 'Bearer a-token-for-numbers-only-32-bytes']) {
    const headers: Record<string, string> = given === undefined ? {} : { Authorization: given }
    statuses.push((await fetch(`${closed.origin}/metrics`, { headers })).status)
  }
  expect(statuses).toEqual([401, 401, 200])
  row.tried =
    'from this machine, by other names for it, passed on by a proxy in four ways, with PUBLIC_URL, without and with the token'
  row.figure = 'as described'
})
