import { randomBytes, randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { newKey, RoomClient } from '../../server/interview/testing/room-client.ts'
import { newSandbox } from '../support/api.ts'
import { guarantee } from '../support/guarantees.ts'
import { testApp } from '../support/test-app.ts'
import { sendRaw } from '../support/send-raw.ts'

const CANARY = 'canary-of-the-first-sandbox'
/** What a row or a trace of the first sandbox would reveal. */
const LEAK = new RegExp(`${CANARY}|users\\.create_user`)
const PERSON = { name: CANARY, email: `${CANARY}@example.com`, password: 'three green boats' }

guarantee(
  'A sandbox belongs to its owner: no other caller reads its rows, store or traces with any id',
  async (row) => {
    const app = await testApp({ env: { RATE_LIMIT: '0' } })
    const { origin } = app
    const [mine, theirs] = [await newSandbox(app), await newSandbox(app)]
    const traceId = randomBytes(16).toString('hex')
    const ask = (path: string, to: string | null, init: RequestInit = {}): Promise<Response> =>
      fetch(origin + path, {
        ...init,
        headers: { ...(to === null ? {} : { 'X-Sandbox': to }), ...(init.headers as object) },
      })
    const made = await ask('/users/', mine, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', traceparent: `00-${traceId}-00f067aa0ba902b7-01` },
      body: JSON.stringify(PERSON),
    })
    expect(made.status).toBe(201)
    const { id } = (await made.json()) as { id: number }

    const paths = [
      ...['/users/?limit=100', '/users/me', `/users/${id}`, '/items', '/api/sandbox', '/api/sandbox/store'],
      ...[`/api/traces/${traceId}`, `/api/traces/${traceId.toUpperCase()}`, '/api/traces/', '/api/traces/*'],
    ]
    const strangers = [
      ...[null, theirs, 'default', mine.toUpperCase(), mine.slice(0, 25), `${mine}a`, `${mine},${theirs}`],
      ...[`../${mine}`, '*', '%', "' OR 1=1 --", '__proto__', 'a'.repeat(26), 'a'.repeat(5_000)],
    ]
    let tried = 0
    const leaks: string[] = []
    for (const stranger of strangers) {
      for (const path of paths) {
        for (const method of ['GET', 'HEAD']) {
          const headers = stranger === null ? [] : ['X-Sandbox', stranger]
          const answer = await sendRaw(origin, { method, path, headers })
          tried += 1
          if (answer.status >= 500 || LEAK.test(answer.body)) leaks.push(`${method} ${path} as ${stranger}`)
        }
      }
    }
    const cookies = [
      `viva_sandbox=${theirs}`,
      `viva_sandbox=${mine.slice(0, 25)}`,
      `viva_sandbox=${mine.toUpperCase()}`,
      `viva_sandbox=${theirs}; sandbox=${mine}`,
    ]
    for (const cookie of cookies) {
      for (const path of paths) {
        const answer = await sendRaw(origin, { method: 'GET', path, headers: { Cookie: cookie } })
        tried += 1
        if (answer.status >= 500 || LEAK.test(answer.body)) leaks.push(`GET ${path} with ${cookie}`)
      }
    }
    // The real cookie opens all of it, so it was the value that kept the others out.
    const own = await sendRaw(origin, {
      ...{ method: 'GET', path: '/users/?limit=100' },
      headers: { Cookie: `viva_sandbox=${mine}` },
    })
    expect(own.body).toContain(CANARY)
    expect(leaks).toEqual([])
    // What a stranger does in their own sandbox doesn't change anything here.
    await ask('/api/sandbox/reset', theirs, { method: 'POST' })
    const rows = await (await ask('/users/?limit=100', mine)).text()
    expect(rows).toContain(CANARY)
    expect(await (await ask(`/api/traces/${traceId}`, mine)).text()).toContain('users.create_user')
    await ask('/api/sandbox/reset', mine, { method: 'POST' })
    expect(await (await ask('/users/?limit=100', mine)).text()).not.toContain(CANARY)
    row.tried = `${tried} requests by ${strangers.length} headers and ${cookies.length} cookies of strangers`
    row.figure = '0 leaks'
  },
)

guarantee(
  'A room needs its key: every route without one, with another room’s, with the other side’s, and after deletion',
  async (row) => {
    const { origin } = await testApp({ env: { RATE_LIMIT: '0' } })
    const room = await new RoomClient(origin).open()
    const other = await new RoomClient(origin).open()
    const host = `/api/interviews/${room.id}`
    const command = { id: randomUUID(), type: 'pause' }
    const hostRoutes: Route[] = [
      ['GET', host],
      ['DELETE', host],
      ['POST', `${host}/commands`, { id: randomUUID(), type: 'rename', name: 'Eve' }],
      ['GET', `${host}/grid`],
      ['GET', `${host}/across`],
      ...['stream', 'report', 'replay', `traces/${'a'.repeat(32)}`].map((part): Route => [
        'GET',
        `${host}/rooms/${room.room}/${part}`,
      ]),
      ['POST', `${host}/rooms/${room.room}/commands`, command],
      ['POST', `${host}/rooms/${room.room}/candidate-report`, { parts: {}, card: {} }],
    ]
    const seatRoutes: Route[] = [
      ['GET', `/api/rooms/${room.room}/stream`],
      ['GET', `/api/rooms/${room.room}/report`],
      ['POST', `/api/rooms/${room.room}/commands`, { id: randomUUID(), type: 'finish' }],
    ]
    const strangers = (otherSide: string): (string | null)[] => [
      ...[null, newKey(), other.key, other.seatKey, otherSide, '', room.id, room.room, room.code],
      ...[room.key.slice(0, -1), `${room.key}a`, room.seatKey.slice(1), 'undefined', 'a'.repeat(9_000)],
    ]
    let tried = 0
    const leaks: string[] = []
    const attack = async (routes: Route[], keys: (string | null)[], why: string): Promise<void> => {
      for (const [method, path, body] of routes) {
        for (const key of keys) {
          const answer = await sendRaw(origin, {
            ...{ method, path, body: body === undefined ? '' : JSON.stringify(body) },
            headers: [
              ...(key === null ? [] : ['Authorization', `Bearer ${key}`]),
              ...(body === undefined ? [] : ['Content-Type', 'application/json']),
            ],
          })
          tried += 1
          const refused = [401, 403, 404].includes(answer.status)
          if (!refused || /canary|Cleo|Ida/.test(answer.body))
            leaks.push(`${method} ${path}, ${why}: ${answer.status}`)
        }
      }
    }
    await attack(hostRoutes, strangers(room.seatKey), 'interviewer’s side')
    await attack(seatRoutes, strangers(room.key), 'candidate’s side')
    // A key opens only its own room, even under the id of another interview.
    const crossed = `/api/interviews/${other.id}/rooms/${room.room}`
    await attack(
      [
        ['GET', `${crossed}/report`],
        ['GET', `${crossed}/replay`],
        ['GET', `${crossed}/stream`],
      ],
      [other.key],
      'crossed',
    )
    expect(leaks).toEqual([])
    // None of that took effect, and with the real keys everything opens.
    const report = await room.call(`${host}/rooms/${room.room}/report`, room.key)
    expect([report.status, report.text.includes('canary-title')]).toEqual([200, true])

    expect((await room.call(host, room.key, undefined, 'DELETE')).status).toBe(204)
    await attack(
      hostRoutes.filter(([method]) => method !== 'DELETE'),
      [room.key, room.seatKey],
      'deleted',
    )
    await attack(seatRoutes, [room.seatKey], 'deleted')
    expect((await fetch(`${origin}/api/join/${room.code}`)).status).toBe(404)
    expect(leaks).toEqual([])
    row.tried = `${tried} requests on ${hostRoutes.length + seatRoutes.length} routes`
    row.figure = '0 leaks'
  },
)

type Route = [method: string, path: string, body?: object]
