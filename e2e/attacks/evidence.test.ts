import { expect } from 'vitest'
import { LIMITS } from '#contract/interview/limits.ts'
import type { HostMessage } from '#contract/interview/host-view.ts'
import { Report } from '#contract/interview/report.ts'
import { RoomClient } from '../../server/interview/testing/room-client.ts'
import { hasPostgres } from '../../server/storage/testing/make-database.ts'
import { guarantee, type Attempt } from '../support/guarantees.ts'
import { sendRaw, type RawAnswer } from '../support/send-raw.ts'
import { testApp, testInstances } from '../support/test-app.ts'

const JSON_TYPE = ['Content-Type', 'application/json']
let people = 0

type Sent = [method: string, path: string, body?: object]

/** Requests that a candidate may send on purpose. */
const ACTIONS: (() => Sent)[] = [
  () => ['GET', '/users/?limit=5'],
  () => ['HEAD', '/items'],
  () => ['GET', '/nowhere'],
  () => ['GET', '/docs'],
  () => ['OPTIONS', '/users/'],
  () => [
    'POST',
    '/users/',
    { name: `P${(people += 1)}`, email: `p${people}@example.com`, password: 'long enough 7' },
  ],
  () => ['POST', '/users/', { name: '' }],
  () => ['PATCH', '/users/1', { bio: 'changed' }],
  () => ['DELETE', '/users/3'],
  () => ['POST', '/api/sandbox/reset'],
  () => ['POST', '/api/burst', { path: '/items', n: 3 }],
  () => ['POST', '/api/burst', { path: '/etc', n: 3 }],
]

/** Requests that the page sends by itself. */
const VIEWS: Sent[] = [
  ['GET', '/api/sandbox'],
  ['GET', '/api/sandbox/store'],
  ['HEAD', '/api/sandbox/store'],
  ['GET', `/api/traces/${'a'.repeat(32)}`],
]

/** Every way to select a sandbox. */
function waysInto(sandbox: string, origin: string): [string, string[]][] {
  const other = 'a'.repeat(26)
  return [
    ['header', ['X-Sandbox', sandbox]],
    ['header in another case', ['x-sAnDbOx', sandbox]],
    ['cookie', ['Cookie', `viva_sandbox=${sandbox}`, 'Origin', origin]],
    [
      'cookie among others',
      ['Cookie', `a=b; viva_sandbox=${sandbox}; viva_sandbox=${other}`, 'Origin', origin],
    ],
    ['quoted cookie', ['Cookie', `viva_sandbox="${sandbox}"`, 'Sec-Fetch-Site', 'same-origin']],
    ['header over a cookie', ['X-Sandbox', sandbox, 'Cookie', `viva_sandbox=${other}`]],
    ['cookie with an empty header', ['X-Sandbox', '', 'Cookie', `viva_sandbox=${sandbox}`, 'Origin', origin]],
  ]
}

function send(origin: string, [method, path, body]: Sent, headers: string[]): Promise<RawAnswer> {
  return sendRaw(origin, {
    ...{ method, path, body: body === undefined ? '' : JSON.stringify(body) },
    headers: [...headers, ...(body === undefined ? [] : JSON_TYPE)],
  })
}

async function reportOf(room: RoomClient): Promise<Report> {
  const path = `/api/interviews/${room.id}/rooms/${room.room}/report`
  return Report.parse((await room.call(path, room.key)).json)
}

async function recordedIn(room: RoomClient): Promise<string[]> {
  const { questions } = await reportOf(room)
  return questions
    .flatMap(({ requests }) => requests)
    .sort((a, b) => a.at - b.at)
    .map(({ method, path, status }) => `${method} ${path} ${status}`)
}

async function sandboxOf(room: RoomClient): Promise<string> {
  const stream = await room.seatStream()
  const first = await stream.until(({ kind }) => kind === 'view')
  stream.close()
  return first.kind === 'view' ? first.view.sandbox : ''
}

async function tryAllWays(row: Attempt, ...origins: string[]): Promise<void> {
  const room = await new RoomClient(...origins).open()
  const sandbox = await sandboxOf(room)
  const ways = waysInto(sandbox, origins[0] ?? '').flatMap(([name, headers]) =>
    origins.map((origin): [string, string, string[]] => [
      name,
      origin,
      headers.map((text) => (text === origins[0] ? origin : text)),
    ]),
  )
  let [tried, refused] = [0, 0]
  const closedTo = async (when: string, sends: readonly Sent[]): Promise<void> => {
    const before = await recordedIn(room)
    for (const [name, origin, headers] of ways) {
      for (const sent of sends) {
        const { status } = await send(origin, sent, headers)
        expect([when, name, ...sent.slice(0, 2), status]).toEqual([when, name, ...sent.slice(0, 2), 403])
        refused += 1
      }
    }
    expect(await recordedIn(room)).toEqual(before)
  }

  const all = [...ACTIONS.map((action) => action()), ...VIEWS]
  const writes = all.filter(([method]) => !['GET', 'HEAD', 'OPTIONS'].includes(method))
  // In the trial before the first question, what only reads is let through and not recorded.
  await closedTo('before the first question', writes)
  for (const [, origin, headers] of ways) {
    for (const sent of all.filter((each) => !writes.includes(each)))
      expect((await send(origin, sent, headers)).status).not.toBe(403)
  }
  expect(await recordedIn(room)).toEqual([])
  await room.host({ type: 'go-to', question: 'q1' })
  const expected: string[] = []
  for (const [name, origin, headers] of ways) {
    for (const action of ACTIONS) {
      const sent = action()
      const { status } = await send(origin, sent, headers)
      expect([name, ...sent.slice(0, 2), status]).not.toEqual([name, ...sent.slice(0, 2), 403])
      expected.push(`${sent[0]} ${sent[1]} ${status}`)
      tried += 1
    }
    for (const view of VIEWS) expect((await send(origin, view, headers)).status).not.toBe(403)
  }
  expect(await recordedIn(room)).toEqual(expected)

  await room.host({ type: 'go-to', question: 'q2' })
  await closedTo('during a question without a playground', all)
  await room.host({ type: 'go-to', question: 'q1' })
  await room.host({ type: 'end' })
  await closedTo('after the end', all)
  row.tried = `${tried} requests in ${ways.length} ways while the playground was open, ${refused} while it was closed`
  row.figure = '0 unrecorded, 0 answered while closed'
}

guarantee(
  'Evidence is complete: however it names a room’s sandbox, a request is recorded or refused',
  async (row) => {
    const { origin } = await testApp()
    await tryAllWays(row, origin)
  },
)

if (await hasPostgres('evidence')) {
  guarantee('Evidence is complete on two instances with one database', async (row) => {
    const { apps } = await testInstances()
    await tryAllWays(row, ...apps.map(({ origin }) => origin))
  })
}

guarantee(
  'When the list of evidence is full, the interviewer sees it and the candidate is refused',
  async (row) => {
    const { origin } = await testApp({ env: { RATE_LIMIT: '0' } })
    const room = await new RoomClient(origin).open()
    const headers = ['X-Sandbox', await sandboxOf(room)]
    const host = await room.hostStream()
    await room.host({ type: 'go-to', question: 'q1' })
    expect((await send(origin, ['POST', '/api/burst', { path: '/items', n: 100 }], headers)).status).toBe(200)
    expect(await recordedIn(room)).toEqual(['POST /api/burst 200'])

    // Far more than the room can hold, all at once.
    const statuses: number[] = []
    const sender = async (count: number): Promise<void> => {
      for (let sent = 0; sent < count; sent += 1) {
        statuses.push((await send(origin, ['GET', '/items'], headers)).status)
      }
    }
    await Promise.all(Array.from({ length: 60 }, () => sender(10)))
    const answered = statuses.filter((status) => status === 200).length
    expect(answered).toBe(LIMITS.requests - 1)
    expect(statuses.filter((status) => status === 403)).toHaveLength(600 - answered)
    const report = await reportOf(room)
    expect(report.questions.flatMap(({ requests }) => requests)).toHaveLength(LIMITS.requests)
    expect(report.requestsFull).toBe(true)
    for (const action of ACTIONS) expect((await send(origin, action(), headers)).status).toBe(403)

    host.close()
    const again = await room.hostStream()
    const opening = await again.until((message: HostMessage) => message.kind === 'opening')
    again.close()
    expect(opening.kind === 'opening' && opening.view.requestsFull).toBe(true)
    row.tried = `${statuses.length} requests at once from 60 connections for ${LIMITS.requests} places`
    row.figure = `${answered + 1} answered, all of them recorded; the rest refused; told in room and report`
  },
)

guarantee(
  'A request that starts while the playground is open and ends after it closed is recorded',
  async (row) => {
    const { origin } = await testApp()
    const room = await new RoomClient(origin).open()
    const headers = ['X-Sandbox', await sandboxOf(room)]
    await room.host({ type: 'go-to', question: 'q1' })
    const slow = ['/lab/wait/async?ms=2000', '/lab/wait/threadpool?ms=2000'].map((path) =>
      send(origin, ['GET', path], headers),
    )
    const burst = send(origin, ['POST', '/api/burst', { path: '/lab/wait/async?ms=2000', n: 2 }], headers)
    // These take two seconds: another one that is sent later is answered first.
    expect((await send(origin, ['GET', '/items'], headers)).status).toBe(200)
    await room.host({ type: 'end' })
    expect((await send(origin, ['GET', '/items'], headers)).status).toBe(403)
    const statuses = (await Promise.all([...slow, burst])).map(({ status }) => status)
    const recorded = await recordedIn(room)
    expect(recorded).toHaveLength(1 + statuses.filter((status) => status === 200).length)
    expect(statuses).toEqual([200, 200, 200])
    row.tried = '3 requests and a burst around the end of an interview'
    row.figure = 'all that were answered are recorded'
  },
)

guarantee('Once a room is deleted, nothing of it remains in its sandbox', async (row) => {
  const { origin } = await testApp()
  const room = await new RoomClient(origin).open()
  const headers = ['X-Sandbox', await sandboxOf(room)]
  await room.host({ type: 'go-to', question: 'q1' })
  const person = (index: number): Sent => [
    ...(['POST', '/users/'] as const),
    { name: `canary-${index}`, email: `canary-${index}@example.com`, password: 'long enough 7' },
  ]
  expect((await send(origin, person(0), headers)).status).toBe(201)
  // Some are in flight while the room is deleted.
  const writes = Array.from({ length: 10 }, (_, index) => send(origin, person(index + 1), headers))
  await room.call(`/api/interviews/${room.id}`, room.key, undefined, 'DELETE')
  await Promise.all(writes)
  const { body } = await send(origin, ['GET', '/users/?limit=100'], headers)
  expect(body).not.toContain('canary')
  row.tried = 'a room deleted while 10 requests wrote to its sandbox'
  row.figure = '0 rows left'
})
