import type Router from '@koa/router'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { createTracesApi } from '../../server/api/traces.ts'
import { createBurstApi } from '../../server/api/burst.ts'
import { createCandidateApi } from '../../server/interview/candidate-api.ts'
import { createInterviewApi } from '../../server/interview/interview-api.ts'
import { createSandboxApi } from '../../server/api/sandbox.ts'
import { UNGUARDED } from '../../server/sandbox/sandbox-guard.ts'
import { RoomClient } from '../../server/interview/testing/room-client.ts'
import { hasPostgres } from '../../server/storage/testing/make-database.ts'
import type { App } from '../support/app.ts'
import { guarantee, type Attempt } from '../support/guarantees.ts'
import { sendRaw } from '../support/send-raw.ts'
import { testApp, testInstances } from '../support/test-app.ts'

/** As they are written in an address. */
const ODD_IDS = [
  ...[
    'a.b',
    '.',
    '..',
    '...',
    '%2e%2e',
    '%2E',
    '%00',
    'a%00b',
    '%0',
    '%',
    '%zz',
    '%ff',
    '%E0%A4%A',
    '%F0%9F%98%80',
  ],
  ...[
    '%2F',
    '..%2F..%2Fetc%2Fpasswd',
    '%5C',
    '..%5C..',
    '%0D%0A',
    '%20',
    '+',
    '*',
    '~',
    '!',
    '$',
    "'",
    '"',
    '(',
    ';',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'undefined',
    'null',
    'NaN',
    '-1',
    '0',
    '1e9',
    'true',
  ],
  ...[
    'con',
    'nul',
    'lpt1',
    'aux.json',
    '-rf',
    '--',
    '~root',
    'file:',
    'room-',
    'code-',
    'box-',
    '%D0%BF%D0%BB',
  ],
  ...['a'.repeat(79), 'a'.repeat(80), 'a'.repeat(255), 'a'.repeat(2_000), '%61'.repeat(100), '1'.repeat(400)],
  ...[
    "'%20OR%201=1--",
    '%25%30%30',
    '{id}',
    ':interview',
    '<b>',
    '%C2%A0',
    '%E2%80%AE',
    '00000000-0000-0000-0000-000000000000',
  ],
  ...[
    randomUUID().toUpperCase(),
    randomUUID(),
    `{${randomUUID()}}`,
    randomUUID().replaceAll('-', ''),
    `${randomUUID()}.jsonl`,
  ],
]

type Made = Parameters<typeof createInterviewApi>[0] & Parameters<typeof createCandidateApi>[0]

/** Every route of the app's own API, read from the routers themselves. */
function routes(): { method: string; path: string }[] {
  // No handler is called: only the routes are read.
  const nothing = { guard: UNGUARDED, limits: {} } as unknown as Made & Parameters<typeof createTracesApi>[0]
  const routers: Router[] = [
    createInterviewApi(nothing),
    createCandidateApi(nothing),
    createTracesApi(nothing),
    createBurstApi(nothing),
    createSandboxApi({ ...nothing, people: [] } as unknown as Parameters<typeof createSandboxApi>[0]),
  ]
  return routers
    .flatMap(({ stack }) => stack)
    .flatMap(({ methods, path }) => methods.map((method) => ({ method, path: String(path) })))
}

async function tryOddIds(row: Attempt, app: App): Promise<void> {
  const { origin } = app
  const room = await new RoomClient(origin).open()
  const good: Record<string, string> = {
    interview: room.id,
    room: room.room,
    code: room.code,
    trace: 'a'.repeat(32),
  }
  const withIds = routes().filter(({ path }) => path.includes('/:'))
  expect(withIds.length).toBeGreaterThan(12)
  const faults: string[] = []
  let tried = 0
  const ask = async (method: string, path: string, headers: string[]): Promise<void> => {
    const body = ['GET', 'HEAD', 'DELETE'].includes(method) ? '' : '{}'
    const { status, body: answer } = await sendRaw(origin, { method, path, body, headers })
    tried += 1
    const isRight = status >= 400 && status < 500 && !/ at .*\.js|node:|SELECT|\/events\//.test(answer)
    if (!isRight) faults.push(`${method} ${path}: ${status}`)
    const isOpen = headers[1]?.endsWith(room.key) === true && path.includes('/api/interviews/')
    if (isOpen && ![400, 404].includes(status)) faults.push(`${method} ${path} with a key: ${status}`)
  }
  for (const { method, path } of withIds) {
    const parameters = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
    for (const odd of parameters) {
      for (const id of ODD_IDS) {
        const address = path.replaceAll(/:(\w+)/g, (_all, name: string) =>
          name === odd ? id : (good[name] ?? id),
        )
        // Wrong codes are counted, and an address has twenty.
        if (path.includes(':code')) await ask(method, address, [])
        else {
          await ask(method, address, [
            'Authorization',
            `Bearer ${room.key}`,
            'Content-Type',
            'application/json',
          ])
          await ask(method, address, [
            'Authorization',
            `Bearer ${room.seatKey}`,
            'Content-Type',
            'application/json',
          ])
          await ask(method, address, ['Content-Type', 'application/json'])
        }
      }
    }
  }
  for (const id of ODD_IDS.filter((one) => decoded(one) !== '')) {
    const raw = decoded(id)
    await ask('GET', '/api/sandbox/store', ['X-Sandbox', raw])
    const { status } = await sendRaw(origin, {
      ...{ method: 'GET', path: '/users/' },
      headers: ['Cookie', `viva_sandbox=${raw}`],
    })
    if (status >= 500) faults.push(`cookie ${id}: ${status}`)
    tried += 1
  }
  expect(faults).toEqual([])
  expect(app.log).not.toMatch(/\n\s+at |Error:|"level":[56]0/)
  row.tried = `${tried} requests: ${withIds.length} routes with ids × ${ODD_IDS.length} odd ones, headers and cookies`
  row.figure = '0 answers of 5xx, nothing in the log'
}

/** The part of it that a header may contain. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id).replaceAll(/[^\x21-\x7e\x80-\xff]/g, '')
  } catch {
    return id
  }
}

guarantee('Odd ids are 404 on JSON files', async (row) => {
  await tryOddIds(row, await testApp({ env: { RATE_LIMIT: '0' } }))
})

if (await hasPostgres('odd ids')) {
  guarantee('Odd ids are 404 on PostgreSQL', async (row) => {
    const { apps } = await testInstances()
    const [app] = apps
    if (app) await tryOddIds(row, app)
  })
}
