import { randomUUID } from 'node:crypto'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Grid } from '#contract/interview/grid.ts'
import { HostView } from '#contract/interview/host-view.ts'
import { Replay } from '#contract/interview/replay.ts'
import { Report } from '#contract/interview/report.ts'
import { hasPostgres, makeDatabase } from '../storage/testing/make-database.ts'
import { interviewServer, newFolder, type Place } from '../testing/serve-interviews.ts'
import { newKey, RoomClient, Writer } from './testing/room-client.ts'

const postgres = await hasPostgres('interviews')

const storages: [string, () => Promise<Place>][] = [
  ['JSON files', newFolder],
  ...(postgres ? [['PostgreSQL', newDatabase] as [string, () => Promise<Place>]] : []),
]

async function newDatabase(): Promise<Place> {
  const { url, drop } = await makeDatabase()
  onTestFinished(drop)
  return { DATABASE_URL: url, JWT_SECRET: 'long enough for a secret of a test' }
}

describe.each(storages)('an interview on %s', (_name, newPlace) => {
  test("what the candidate writes reaches the interviewer; an interviewer's scores reach no one", async () => {
    const { origin } = await interviewServer(await newPlace())
    const room = await new RoomClient(origin).open()
    const [host, seat] = await Promise.all([room.hostStream(), room.seatStream()])
    await room.host({ type: 'go-to', question: 'q1' })
    await seat.until((message) => message.kind === 'view' && message.view.question?.key === 'q1')
    const writer = new Writer()
    for (const letters of ['Fast', 'API ', 'is ✓']) {
      expect((await room.seat({ type: 'write', question: 'q1', update: writer.type(letters) })).status).toBe(
        200,
      )
    }
    await room.host({ type: 'tick', question: 'q1', keyPoint: 0, ticked: true })
    const quote = randomUUID()
    const words = { kind: 'answer' as const, words: 'canary API', position: 0 }
    const target = { kind: 'red-flag' as const, index: 0 }
    await room.host({ type: 'quote', quote, question: 'q1', target, source: words })
    await room.host({ type: 'score', question: 'q1', score: 3 })
    const scored = await host.until((message) => message.kind === 'view' && message.view.card.scores.q1 === 3)
    expect(scored.kind === 'view' && scored.view.card.quotes).toMatchObject([{ id: quote, source: words }])
    await room.host({ type: 'mark-not-assessed', question: 'q1', notAssessed: true })
    await room.host({ type: 'end' })
    await room.host({ type: 'recommend', recommendation: 'strong-no' })
    await room.host({ type: 'write-notes', question: 'concerns', update: new Writer().type('canary') })
    await room.host({ type: 'hand-in' })
    await seat.until((message) => message.kind === 'view' && message.view.phase === 'ended')

    const reader = new Writer()
    for (const message of host.messages) {
      if (message.kind === 'text' && message.document.of === 'answer') reader.take(message.update)
    }
    expect(reader.value).toBe('FastAPI is ✓')
    expect(host.ids).toEqual(host.ids.toSorted((a, b) => a - b))
    for (const text of ['canary', 'strong-no', 'recommend', 'ssessed']) {
      expect(seat.raw()).not.toContain(text)
    }
    expect(seat.raw()).toContain('What is One?')
    expect(seat.raw()).not.toContain('What is Two?')
  })

  test('a restarted server still has everything, and shows the gap', async () => {
    const place = await newPlace()
    const first = await interviewServer(place)
    const room = await new RoomClient(first.origin).open()
    const seat = await room.seatStream()
    await room.host({ type: 'go-to', question: 'q1' })
    await room.seat({ type: 'write', question: 'q1', update: new Writer().type('before the restart') })
    await first.stop()
    await seat.ended

    const second = await interviewServer(place)
    const again = Object.assign(new RoomClient(second.origin), {
      ...{ id: room.id, key: room.key, room: room.room, seatKey: room.seatKey },
    })
    const back = await again.seatStream()
    const [opening] = [await back.until((message) => message.kind === 'view')]
    const reader = new Writer()
    if (opening.kind === 'view') reader.take(opening.view.question?.answer ?? '')
    expect(reader.value).toBe('before the restart')
    const { json } = await again.call(`/api/interviews/${room.id}/rooms/${room.room}/replay`, room.key)
    const kinds = Replay.parse(json).steps.map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind.endsWith('connected'))).toEqual([
      'connected',
      'disconnected',
      'connected',
    ])
  })

  test('a command that is sent twice takes effect once', async () => {
    const { origin } = await interviewServer(await newPlace())
    const room = new RoomClient(origin)
    expect((await room.create()).status).toBe(201)
    expect((await room.create()).status).toBe(201)
    await room.addRoom()
    await room.addRoom()
    const join = randomUUID()
    expect((await room.join('Cleo', room.seatKey, join)).status).toBe(200)
    expect((await room.join('Cleo', room.seatKey, join)).status).toBe(200)
    const id = randomUUID()
    const numbers = [
      await room.host({ id, type: 'go-to', question: 'q1' }),
      await room.host({ id, type: 'go-to', question: 'q1' }),
    ].map(({ text }) => text)
    expect(numbers[0]).toBe(numbers[1])
    const update = new Writer().type('once')
    await room.seat({ type: 'write', question: 'q1', update })
    await room.seat({ type: 'write', question: 'q1', update })
    const report = Report.parse(
      (await room.call(`/api/interviews/${room.id}/rooms/${room.room}/report`, room.key)).json,
    )
    expect(report.questions[0]?.answer).toBe('once')
    const other = await new RoomClient(origin).call('/api/interviews', null, {
      ...{ id: room.id, key: newKey(), interviewer: room.ida },
      plan: {
        title: 'stolen',
        questions: [
          {
            from: 'own',
            title: 'A',
            question: 'B',
            level: 'deeper',
            topics: [],
            minutes: 1,
            playground: false,
          },
        ],
      },
    })
    expect(other.status).toBe(409)
  })

  test('concurrent commands are all done, each once, and everyone sees the same order', async () => {
    const { origin } = await interviewServer(await newPlace())
    const room = await new RoomClient(origin).open()
    await room.host({ type: 'go-to', question: 'q1' })
    const [one, other] = [await room.hostStream(), await room.hostStream()]
    const writers = Array.from({ length: 8 }, () => new Writer())
    const answers = await Promise.all([
      ...writers.map((writer, at) =>
        room.seat({ type: 'write', question: 'q1', update: writer.type(`<${at}>`) }),
      ),
      ...Array.from({ length: 8 }, (_, at) =>
        room.host({ type: 'mark', moment: randomUUID(), label: `moment ${at}` }),
      ),
    ])
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 16 }, () => 200))
    for (const stream of [one, other]) {
      await stream.until((message) => message.kind === 'view' && message.view.card.moments.length === 8)
    }
    const report = Report.parse(
      (await room.call(`/api/interviews/${room.id}/rooms/${room.room}/report`, room.key)).json,
    )
    const text = report.questions[0]?.answer ?? ''
    for (let at = 0; at < 8; at += 1) expect(text.split(`<${at}>`).length).toBe(2)
    expect(report.moments).toHaveLength(8)
    const order = (stream: typeof one): string[] =>
      stream.messages.flatMap((message) =>
        message.kind === 'text' ? `${message.number} ${message.update}` : [],
      )
    expect(order(one).at(-1)).toBe(order(other).at(-1))
  })

  test('a candidate’s requests are evidence without their secrets, while the playground is open', async () => {
    const { origin } = await interviewServer(await newPlace())
    const room = await new RoomClient(origin).open()
    const [host, seat] = [await room.hostStream(), await room.seatStream()]
    const first = await seat.until((message) => message.kind === 'view')
    const sandbox = first.kind === 'view' ? first.view.sandbox : ''
    const twin = (path: string, init: RequestInit = {}) =>
      fetch(origin + path, { ...init, headers: { 'X-Sandbox': sandbox, ...init.headers } })
    // Before the first question, the candidate can try it out: reading passes and is not recorded, nothing else does.
    const before = await twin('/users/')
    expect(before.status).toBe(200)
    for (const [path, method] of [
      ['/users/', 'POST'],
      ['/login', 'POST'],
      ['/users/1', 'DELETE'],
      ['/api/sandbox/reset', 'POST'],
      ['/api/burst', 'POST'],
    ] as const) {
      const refused = await twin(path, { method, headers: { Origin: origin } })
      expect([path, refused.status, await refused.text()]).toEqual([
        path,
        403,
        expect.stringContaining('only reads'),
      ])
    }

    await room.host({ type: 'go-to', question: 'q1' })
    expect(await (await twin('/users/')).text()).toBe(await before.text())
    const login = await twin('/login', {
      method: 'POST',
      body: new URLSearchParams({ username: 'ada@example.com', password: 'analytical-engine' }),
    })
    const { access_token } = (await login.json()) as { access_token: string }
    await twin('/users/me', { headers: { Authorization: `Bearer ${access_token}` } })
    await twin('/users/', {
      method: 'POST',
      body: '{"name":"Eve","email":"eve@example.com","password":"canary-of-eve"',
      headers: { 'Content-Type': 'application/json' },
    })
    await host.until((message) => message.kind === 'request' && message.request.status === 422)
    const requests = host.messages.flatMap((message) => (message.kind === 'request' ? message.request : []))
    expect(requests.map(({ method, path, status }) => `${method} ${path} ${status}`)).toEqual([
      'GET /users/ 200',
      'POST /login 200',
      'GET /users/me 200',
      'POST /users/ 422',
    ])
    for (const secret of [access_token, 'analytical-engine', 'canary-of-eve']) {
      expect(host.raw()).not.toContain(secret)
    }
    const trace = requests[2]?.trace
    const inside = await room.call(`/api/interviews/${room.id}/rooms/${room.room}/traces/${trace}`, room.key)
    expect(inside.status).toBe(200)

    await room.host({ type: 'go-to', question: 'q2' })
    expect((await twin('/users/')).status).toBe(403)
    // Other sandboxes are unchanged.
    expect((await fetch(`${origin}/users/`)).status).toBe(200)
  })

  test('what is deleted disappears for everyone at once', async () => {
    const { origin } = await interviewServer(await newPlace())
    const room = await new RoomClient(origin).open()
    const [host, seat] = [await room.hostStream(), await room.seatStream()]
    await host.until((message) => message.kind === 'opening')
    expect((await room.interview({ type: 'remove-room', room: room.room })).status).toBe(200)
    await Promise.all([host.ended, seat.ended])
    expect(host.messages.at(-1)?.kind).toBe('gone')
    expect(seat.messages.at(-1)?.kind).toBe('gone')
    expect((await room.host({ type: 'pause' })).status).toBe(404)
    expect((await room.seat({ type: 'begin' })).status).toBe(404)
    expect((await room.call(`/api/join/${room.code}`, null)).status).toBe(404)
    expect((await room.call(`/api/interviews/${room.id}`, room.key, undefined, 'DELETE')).status).toBe(204)
    expect((await room.call(`/api/interviews/${room.id}`, room.key)).status).toBe(404)
  })

  test('an interview is deleted automatically when its time is over', async () => {
    const { origin } = await interviewServer(await newPlace(), 1.2 / (24 * 60 * 60))
    const room = new RoomClient(origin)
    expect((await room.create()).status).toBe(201)
    await expect.poll(async () => (await room.call(`/api/interviews/${room.id}`, room.key)).status).toBe(404)
  })

  test('a room on own time proceeds by its clock alone', async () => {
    const { origin } = await interviewServer(await newPlace())
    const room = new RoomClient(origin)
    await room.create()
    const now = Date.now()
    await room.addRoom({ startBy: now + 60_000, endBy: now + 60_000 })
    await room.join()
    const [host, seat] = [await room.hostStream(), await room.seatStream()]
    expect((await room.host({ type: 'go-to', question: 'q1' })).status).toBe(403)
    expect((await room.seat({ type: 'begin' })).status).toBe(200)
    await seat.until((message) => message.kind === 'view' && message.view.question?.key === 'q1')
    await room.seat({ type: 'next', question: 'q1' })
    await seat.until((message) => message.kind === 'view' && message.view.question?.key === 'q2')
    await room.seat({ type: 'next', question: 'q2' })
    await host.until((message) => message.kind === 'view' && message.view.phase === 'ended')
    expect((await room.host({ type: 'score', question: 'q2', score: 4 })).status).toBe(200)
  })
})

test.runIf(postgres)('two instances on one database are one room', async () => {
  const place = await newDatabase()
  const [one, other] = [await interviewServer(place), await interviewServer(place)]
  const room = await new RoomClient(one.origin, other.origin).open()
  const streams = [await room.hostStream(), await room.hostStream()]
  await room.host({ type: 'go-to', question: 'q1' })
  const writer = new Writer()
  const updates = Array.from({ length: 20 }, (_, at) => writer.type(`${at} `))
  for (const update of updates) {
    expect((await room.seat({ type: 'write', question: 'q1', update })).status).toBe(200)
  }
  for (const stream of streams) {
    await stream.until((message) => message.kind === 'text' && message.update === updates.at(-1))
    const heard = stream.messages.flatMap((message) => (message.kind === 'text' ? message.update : []))
    expect(heard).toEqual(updates)
  }
})

describe('access', () => {
  test('a key opens its own side of its own interview, and nothing else', async () => {
    const { origin } = await interviewServer(await newFolder())
    const room = await new RoomClient(origin).open()
    const stranger = await new RoomClient(origin).open()
    const jon = { key: newKey(), id: randomUUID() }
    await room.interview({ type: 'add-interviewer', interviewer: jon.id, name: 'Jon', key: jon.key })
    const hostPaths = [
      '',
      '/grid',
      `/rooms/${room.room}/report`,
      `/rooms/${room.room}/replay`,
      `/rooms/${room.room}/stream`,
    ]
    const paths = hostPaths.map((path) => `/api/interviews/${room.id}${path}`)
    for (const path of paths) {
      expect((await room.call(path, null)).status).toBe(401)
      for (const key of [room.seatKey, stranger.key, newKey()]) {
        const answer = await room.call(path, key)
        expect([path, answer.status]).toEqual([path, 404])
        expect(answer.text).not.toContain('canary')
      }
    }
    for (const key of [room.key, jon.key, stranger.seatKey, newKey()]) {
      expect((await room.call(`/api/rooms/${room.room}/stream`, key)).status).toBe(404)
      expect((await room.seat({ type: 'begin' }, key)).status).toBe(404)
    }
    // One's own interview doesn't open another's room.
    expect(
      (await room.call(`/api/interviews/${stranger.id}/rooms/${room.room}/report`, stranger.key)).status,
    ).toBe(404)
    // An added interviewer may lead, but not remove others; a removed one may do nothing from then on.
    const stream = await room.hostStream(jon.key)
    expect((await room.call(`/api/interviews/${room.id}`, jon.key, undefined, 'DELETE')).status).toBe(403)
    expect(
      (await room.interview({ type: 'remove-interviewer', interviewer: room.ida.id }, jon.key)).status,
    ).toBe(403)
    await room.interview({ type: 'remove-interviewer', interviewer: jon.id })
    await stream.ended
    expect((await room.call(paths[0] ?? '', jon.key)).status).toBe(404)
  })

  test('scorecards stay private until both are handed in', async () => {
    const { origin } = await interviewServer(await newFolder())
    const room = await new RoomClient(origin).open()
    const jon = { key: newKey(), id: randomUUID() }
    await room.interview({ type: 'add-interviewer', interviewer: jon.id, name: 'Jon', key: jon.key })
    await room.host({ type: 'go-to', question: 'q1' })
    await room.host({ type: 'score', question: 'q1', score: 1 }, jon.key)
    await room.host({ type: 'end' })
    const concerns = new Writer().type('Guesses.')
    await room.host({ type: 'write-notes', question: 'concerns', update: concerns }, jon.key)
    await room.host({ type: 'recommend', recommendation: 'strong-no' }, jon.key)
    await room.host({ type: 'hand-in' }, jon.key)
    const seenByIda = async () => {
      const stream = await room.hostStream()
      const opening = await stream.until((message) => message.kind === 'opening')
      stream.close()
      return opening.kind === 'opening' ? HostView.parse(opening.view).others[0]?.card?.scores : undefined
    }
    expect(await seenByIda()).toBeUndefined()
    const recommendations = async () => {
      const read = (path: string) => room.call(`/api/interviews/${room.id}${path}`, room.key)
      const report = Report.parse((await read(`/rooms/${room.room}/report`)).json)
      const grid = Grid.parse((await read('/grid')).json)
      return [report.recommendations.length, grid.rows[0]?.recommendations?.length ?? null]
    }
    expect(await recommendations()).toEqual([0, null])
    await room.host({ type: 'hand-in' })
    expect(await seenByIda()).toEqual({ q1: 1 })
    expect(await recommendations()).toEqual([1, 1])
  })
})

const LONG = 'x'.repeat(1_001)

/** A quote that would be accepted, with some of it changed. */
function quoteOf(more: object): unknown {
  return {
    ...{ id: randomUUID(), type: 'quote', quote: randomUUID(), question: 'q1' },
    ...{ target: { kind: 'key-point', index: 0 }, source: { kind: 'answer', words: 'x', position: 0 } },
    ...more,
  }
}

describe('an invalid request', () => {
  test('is refused with a sentence and the right status', async () => {
    const { origin } = await interviewServer(await newFolder())
    const room = await new RoomClient(origin).open()
    await room.host({ type: 'go-to', question: 'q1' })
    const path = `/api/interviews/${room.id}/rooms/${room.room}/commands`
    const notAssessed = (question: string) => {
      return { id: randomUUID(), type: 'mark-not-assessed', question, notAssessed: true }
    }
    const strengths = { id: randomUUID(), type: 'write-notes', question: 'strengths', update: 'AAA=' }
    const cases: [string, unknown, number][] = [
      ['no JSON', '{"id":', 422],
      ['nothing', '', 422],
      ['a list', [], 422],
      ['an unknown command', { id: randomUUID(), type: 'destroy' }, 422],
      ['a field too many', { id: randomUUID(), type: 'pause', more: 1 }, 422],
      ['an id that is none', { id: '1', type: 'pause' }, 422],
      ['a score of five', { id: randomUUID(), type: 'score', question: 'q1', score: 5 }, 422],
      ['an unmarked mark', { id: randomUUID(), type: 'mark-not-assessed', question: 'q1' }, 422],
      ['a question that was not asked', notAssessed('q2'), 409],
      ['a question that does not exist', notAssessed('q9'), 404],
      ['a recommendation of its own', { id: randomUUID(), type: 'recommend', recommendation: 'maybe' }, 422],
      ['a recommendation too early', { id: randomUUID(), type: 'recommend', recommendation: 'yes' }, 409],
      ['notes on nothing there is', { ...strengths, question: 'weaknesses' }, 422],
      ['strengths that are not an update', { ...strengths, update: 'AAAA' }, 422],
      ['an unknown question', { id: randomUUID(), type: 'go-to', question: 'q9' }, 404],
      ['a quote of nothing', quoteOf({ source: { kind: 'answer', words: ' ', position: 0 } }), 422],
      ['a quote that is too long', quoteOf({ source: { kind: 'answer', words: LONG, position: 0 } }), 409],
      ['a quote from nowhere', quoteOf({ source: { kind: 'rumour', words: 'x', position: 0 } }), 422],
      ['a quote without a place', quoteOf({ source: { kind: 'answer', words: 'x' } }), 422],
      ['a quote of no request', quoteOf({ source: { kind: 'request', request: randomUUID() } }), 404],
      ['a quote for no key point', quoteOf({ target: { kind: 'key-point', index: 9 } }), 404],
      ['a quote for half a key point', quoteOf({ target: { kind: 'key-point', index: 0.5 } }), 422],
      ['a quote before its question', quoteOf({ question: 'q2' }), 409],
      ['a quote about no time', quoteOf({ about: 'noon' }), 422],
      ['a card handed in too early', { id: randomUUID(), type: 'hand-in' }, 409],
      ['a body of 70 KB', `"${'x'.repeat(70_000)}"`, 413],
    ]
    for (const [what, body, status] of cases) {
      const answer = await room.call(path, room.key, body)
      expect([what, answer.status]).toEqual([what, status])
      expect(answer.json).toMatchObject({ detail: expect.any(String) as string })
    }
    const writes: [string, string, number][] = [
      ['not an update', Buffer.from('not yjs').toString('base64'), 422],
      ['no base64', '***', 422],
      ['a text that is too long', new Writer().type('x'.repeat(20_001)), 409],
    ]
    for (const [what, update, status] of writes) {
      const answer = await room.seat({ type: 'write', question: 'q1', update })
      expect([what, answer.status]).toEqual([what, status])
    }
  })

  test('codes can’t be guessed: after twenty wrong ones an address has to wait; until then the right one opens', async () => {
    const { origin } = await interviewServer(await newFolder())
    const room = await new RoomClient(origin).open()
    const statuses = new Set<number>()
    for (let tries = 0; tries < 20; tries += 1) {
      statuses.add((await room.call(`/api/join/${tries % 2 === 0 ? '222222' : 'nonsense'}`, null)).status)
    }
    expect([...statuses]).toEqual([404])
    const refused = await room.call(`/api/join/${room.code}`, null)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  test('one person can have a room open in at most eight tabs', async () => {
    const { origin } = await interviewServer(await newFolder())
    const room = await new RoomClient(origin).open()
    const streams = await Promise.all(Array.from({ length: 8 }, () => room.seatStream()))
    expect(streams.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
    const refused = await room.call(`/api/rooms/${room.room}/stream`, room.seatKey)
    expect(refused.status).toBe(429)
    streams[0]?.close()
    await expect
      .poll(async () => {
        const stream = await room.seatStream()
        stream.close()
        return stream.status
      })
      .toBe(200)
  })
})
