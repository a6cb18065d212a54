// @vitest-environment node
import fc from 'fast-check'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Step } from '#contract/lesson.ts'
import { usePeopleStore } from './people-store.ts'
import { HISTORY_LIMIT, usePlaygroundStore } from './playground-store.ts'
import { draftOf, emptyDraft, type RequestDraft } from '../request/draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import { prepare, runAll, runStep } from './run.ts'
import { send } from './send.ts'
import { summaryOf } from './summary.ts'
import { fakeServer, fakeToken } from '../testing/fake-server.ts'

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => vi.unstubAllGlobals())

const never = new AbortController().signal
const claim = { id: 'c', sentence: 'It is made', shows: 'It is 201', expect: { status: 201 } }
const make = Step.parse({
  id: 'make', title: 'Make', note: 'It makes.', method: 'POST', path: '/users/', fresh: true,
  json: { name: 'Hedy', email: 'h@example.com', password: 'frequency' }, save: { userId: 'id' }, claims: [claim],
}) // prettier-ignore
const change = Step.parse({
  id: 'change', title: 'Change', note: 'It changes.', as: 'ada', method: 'PATCH', path: '/users/{{userId}}', json: { age: 30 },
  claims: [{ ...claim, id: 'd', expect: { status: 200 } }],
}) // prettier-ignore
const lesson: LessonSteps = { slug: '10-x', title: 'X', steps: [make, change] }
const routes = {
  'POST /users/': () => [201, { id: 7, name: 'Hedy', email: 'h@example.com' }] as [number, unknown],
  'PATCH /users/7': () => [200, { id: 7 }] as [number, unknown],
}

function sendOne(draft: Partial<RequestDraft>, step: Step | null = null): Promise<Exchange> {
  return send({
    draft: { ...emptyDraft(), ...draft },
    from: null,
    step,
    slug: step ? lesson.slug : '',
    signal: never,
  })
}

async function run(job: (listener: Parameters<typeof runAll>[1]) => Promise<void>) {
  const exchanges: Exchange[] = []
  const began: string[] = []
  await job({
    signal: never,
    began: ({ step, resets }) => began.push(`${step.id}${resets ? ' after a reset' : ''}`),
    finished: (exchange) => exchanges.push(exchange),
  })
  return { exchanges, began }
}

test('a step that needs a value first runs the step that saves it, on a fresh sandbox', async () => {
  const { paths } = fakeServer(routes)
  const { exchanges, began } = await run((listener) => runStep(lesson, 'change', draftOf(change), listener))
  expect(began).toEqual(['make after a reset', 'change'])
  expect(paths()).toEqual([
    'GET /api/sandbox', 'POST /api/sandbox/reset', 'POST /users/', 'POST /login', 'PATCH /users/7',
  ]) // prettier-ignore
  expect(exchanges.map(summaryOf)).toEqual([
    '201 Created, 1 of 1 claims confirmed',
    '200 OK, 1 of 1 claims confirmed',
  ])
  expect(usePlaygroundStore().stateOf('10-x', 'change')).toBe('held')
})

test('run all repeats the steps that a step needs if there was a reset in between', async () => {
  fakeServer(routes)
  const look = Step.parse({ id: 'look', title: 'Look', note: 'It looks.', path: '/items', fresh: true })
  const after = Step.parse({ ...change, id: 'again', after: ['make'] })
  const steps = [make, { ...after, id: 'at-once' }, look, after]
  const { began } = await run((listener) => runAll({ ...lesson, steps }, listener))
  expect(began).toEqual([
    'make after a reset',
    'at-once',
    'look after a reset',
    'make after a reset',
    'again',
  ])
})

test('the saved value and the token are reused the next time', async () => {
  const { seen, paths } = fakeServer(routes)
  await run((listener) => runAll(lesson, listener))
  seen.length = 0
  await run((listener) => runStep(lesson, 'change', draftOf(change), listener))
  expect(paths()).toEqual(['PATCH /users/7'])
  expect(seen[0]?.headers.authorization).toMatch(/^Bearer ey/)
})

test('each send has its own trace and no content type of its own', async () => {
  const { seen } = fakeServer({ 'POST /users/': () => [422, { detail: [] }] })
  await sendOne({ method: 'POST', path: '/users/', kind: 'text', body: 'hello' })
  await sendOne({ method: 'POST', path: '/users/', kind: 'text', body: 'hello' })
  const [first, second] = seen.filter(({ path }) => path === '/users/')
  expect(first?.headers.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/)
  expect(first?.headers.traceparent).not.toBe(second?.headers.traceparent)
  expect(first?.headers).not.toHaveProperty('content-type')
  expect(first?.body).toBe('hello')
})

test.each(['//evil.test/', '/\\evil.test/', '/\t/evil.test/', 'https://evil.test/', 'users/'])(
  'nothing is sent to %j',
  async (path) => {
    const { paths } = fakeServer()
    const { outcome } = await sendOne({ path })
    expect(outcome).toMatchObject({
      kind: 'failure',
      message: expect.stringMatching(/only go to this server/),
    })
    expect(paths()).toEqual(['GET /api/sandbox'])
  },
)

test('a rejected token is replaced once, and a second 401 stands', async () => {
  let logins = 0
  const good = fakeToken(1800, 2)
  const { paths } = fakeServer({
    'POST /login': () => [200, { access_token: ++logins === 1 ? fakeToken(1800) : good }],
    'GET /users/me': ({ headers }) => (headers.authorization === `Bearer ${good}` ? [200, {}] : [401, {}]),
    'GET /users/2': () => [401, { detail: 'Could not validate credentials' }],
  })
  expect(summaryOf(await sendOne({ caller: 'ada', path: '/users/me' }))).toBe('200 OK')
  expect(paths().filter((path) => path === 'POST /login')).toHaveLength(2)
  expect(summaryOf(await sendOne({ caller: 'ada', path: '/users/2' }))).toBe('401 Unauthorized')
  expect(paths().filter((path) => path === 'GET /users/2')).toHaveLength(2)
})

test('a token about to expire is not used', async () => {
  const { paths } = fakeServer({
    'POST /login': () => [200, { access_token: fakeToken(5) }],
    'GET /items': () => [200, []],
  })
  await sendOne({ caller: 'ada', path: '/items' })
  await sendOne({ caller: 'ada', path: '/items' })
  expect(paths().filter((path) => path === 'POST /login')).toHaveLength(2)
})

test('a person who can no longer log in is named, with what to do', async () => {
  fakeServer({ 'POST /login': () => [401, { detail: 'Incorrect email or password' }] })
  const { outcome } = await sendOne({ caller: 'ada', path: '/users/me' })
  expect(outcome).toMatchObject({ kind: 'failure', message: expect.stringContaining('Reset the sandbox') })
})

test('a person created by a request can call', async () => {
  const { seen } = fakeServer({ ...routes, 'GET /users/me': () => [200, {}] })
  await sendOne(draftOf(make), make)
  expect(usePeopleStore().people.map(({ name }) => name)).toContain('Hedy')
  await sendOne({ caller: 'h@example.com', path: '/users/me' })
  expect(seen.findLast(({ path }) => path === '/login')?.body).toBe(
    'username=h%40example.com&password=frequency',
  )
})

test('an edited request is not checked against the claims', async () => {
  fakeServer(routes)
  const exchange = await sendOne({ ...draftOf(make), body: '{}' }, make)
  expect(exchange).toMatchObject({ edited: true, claims: [] })
  expect(usePlaygroundStore().stateOf('10-x', 'make')).toBe('waiting')
})

test('a claim that fails reports what was expected and what it got', async () => {
  fakeServer({ 'POST /users/': () => [400, { detail: 'Email already registered' }] })
  const exchange = await sendOne(draftOf(make), make)
  expect(summaryOf(exchange)).toBe('400 Bad Request, 0 of 1 claims confirmed')
  expect(exchange.claims[0]?.checks).toEqual([
    { subject: 'status', expected: '201', actual: '400', ok: false },
  ])
})

test('a request with a value that nothing saved is not sent', async () => {
  const { paths } = fakeServer()
  const { outcome } = await sendOne({ path: '/users/{{userId}}' })
  expect(outcome).toMatchObject({ kind: 'failure', message: expect.stringContaining('{{userId}}') })
  expect(paths()).toEqual(['GET /api/sandbox'])
})

test('a missing network and a body with GET are explained', async () => {
  fakeServer({ 'GET /items': () => [0] })
  expect((await sendOne({ path: '/items' })).outcome).toMatchObject({
    message: expect.stringContaining('didn’t respond'),
  })
  const { outcome } = await sendOne({ path: '/items', kind: 'json', body: '{}' })
  expect(outcome).toMatchObject({ message: expect.stringContaining('send a body with GET') })
})

test('the history is bounded and newest first', async () => {
  fakeServer({ 'GET /items': () => [200, []] })
  for (let at = 0; at < HISTORY_LIMIT + 3; at += 1) await sendOne({ path: '/items' })
  const ids = usePlaygroundStore().history.map(({ id }) => id)
  expect(ids).toHaveLength(HISTORY_LIMIT)
  expect(ids[0]).toBe(HISTORY_LIMIT + 3)
})

test('a request with the origin of another page is sent by the server, with what a browser asks first', async () => {
  const report = {
    status: 400,
    headers: [['content-type', 'text/plain']],
    text: 'Disallowed CORS origin',
  }
  const { seen, paths } = fakeServer({ 'POST /api/cross-origin': () => [200, report] })
  const headers = [
    ['Origin', 'https://stranger.example'],
    ['Access-Control-Request-Method', 'POST'],
    ['Cookie', 'a=1'],
  ].map(([name = '', value = '']) => ({ name, value }))
  const { request, outcome } = await sendOne({ method: 'OPTIONS', path: '/users/', headers })
  expect(paths()).toEqual(['GET /api/sandbox', 'POST /api/cross-origin'])
  const sent: [string, string][] = [
    ['Origin', 'https://stranger.example'],
    ['Access-Control-Request-Method', 'POST'],
  ]
  expect(request.headers).toEqual(sent)
  expect(JSON.parse(seen.at(-1)?.body ?? '')).toEqual({
    method: 'OPTIONS',
    path: '/users/',
    headers: sent,
    body: null,
  })
  expect(outcome).toMatchObject({
    kind: 'answer',
    answer: { ...report, bytes: 22, path: '/users/', origin: 'https://stranger.example' },
  })
})

test('the request as sent has only headers that a page can set', async () => {
  const { seen } = fakeServer({ 'GET /items': () => [200, []] })
  const headers = [
    ['Cookie', 'a=1'],
    ['Origin', 'http://viva.test'],
    ['Access-Control-Request-Method', 'POST'],
    ['Content-Length', '7'],
    ['sec-fetch-mode', 'navigate'],
    ['Proxy-Authorization', 'x'],
    ['User-Agent', 'me'],
    ['X-HTTP-Method-Override', 'TRACE'],
    ['X-Why', 'one'],
    ['x-why', 'two'],
    ['X-Name', 'é€'],
  ].map(([name = '', value = '']) => ({ name, value }))
  const { request } = await sendOne({ path: '/items', headers })
  expect(request.headers).toEqual([
    ['X-Why', 'one, two'],
    ['X-Name', 'é€'],
  ])
  const sent = seen.at(-1)?.headers ?? {}
  expect(sent).toMatchObject({ 'x-why': 'one, two' })
  // UTF-8, one character for one byte.
  expect(Buffer.from(sent['x-name'] ?? '', 'latin1').toString()).toBe('é€')
})

test('braces are sent literally if the user chooses so; otherwise a missing value is named', async () => {
  const { seen } = fakeServer({ 'POST /items?q={{x}}': () => [200, {}] })
  const body = '{ "a": "{{constructor}}", "b": {{x}} }'
  const draft: Partial<RequestDraft> = { method: 'POST', path: '/items?q={{x}}', kind: 'json', body }
  const refused = await sendOne(draft)
  expect(refused.outcome).toMatchObject({
    kind: 'failure',
    message: expect.stringContaining('No value for {{x}}, {{constructor}} yet'),
  })
  const { outcome } = await sendOne({ ...draft, asWritten: true })
  expect(outcome.kind).toBe('answer')
  expect(seen.at(-1)?.body).toBe(body)
})

test.each(['TRACE', 'track', 'CONNECT'])('%s can’t be sent, and the page says so', async (method) => {
  const { paths } = fakeServer()
  const { outcome } = await sendOne({ method, path: '/items' })
  expect(outcome).toMatchObject({ message: expect.stringContaining(`can’t send ${method.toUpperCase()}`) })
  expect(paths()).toEqual(['GET /api/sandbox'])
})

test.each(['A B', '', 'GÉT', 'GET\r\nX: y'])('%j is not a method, and the page says so', async (method) => {
  fakeServer()
  const { outcome } = await sendOne({ method, path: '/items' })
  expect(outcome).toMatchObject({ kind: 'failure', message: expect.stringContaining('is not a method') })
})

test('the request as sent is what left the browser', async () => {
  const { seen } = fakeServer({ 'POST /users/?q=a%20b': () => [422, {}] })
  const headers = [
    { name: 'Cookie', value: 'a=b' },
    { name: 'Content-Length', value: '7' },
    { name: 'X-Twice', value: ' one ' },
  ]
  const { request } = await sendOne({
    method: 'post',
    path: '/items/../users/?q=a b#top',
    headers,
    kind: 'text',
    body: '\u{feff}half \ud83d',
  })
  expect(request).toEqual({
    method: 'POST',
    path: '/users/?q=a%20b',
    headers: [['X-Twice', 'one']],
    body: '\u{feff}half \ufffd',
  })
  const last = seen.at(-1)
  expect([last?.method, last?.path]).toEqual([request.method, request.path])
  expect(last?.headers['x-twice']).toBe('one')
})

const bodies = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    'null',
    '[]',
    '\u{feff}{}',
    'NaN',
    '{"password": 1e999}',
    '{"password": "\\ud83d"}',
    '<p>',
    '{{x}',
  ),
)
const answers = fc.oneof(
  bodies.map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ maxLength: 20 }),
  fc
    .record({ id: fc.jsonValue(), name: fc.jsonValue(), email: fc.jsonValue(), access_token: fc.jsonValue() })
    .map((made) => new TextEncoder().encode(JSON.stringify(made))),
)

test('whatever is sent and returned, the response is shown', async () => {
  await fc.assert(
    fc.asyncProperty(
      bodies,
      answers,
      fc.constantFrom(200, 201, 204, 422, 500),
      fc.constantFrom('application/json', 'text/html', 'application/problem+json', 'nonsense'),
      async (body, answer, status, type) => {
        setActivePinia(createPinia())
        fakeServer({
          'POST /users/': () => [status, status === 204 ? undefined : answer, { 'content-type': type }],
        })
        const draft = { method: 'POST', path: '/users/', kind: 'json' as const, body }
        const exchange = await sendOne(draft, make)
        expect(exchange.outcome).toMatchObject({ kind: 'answer', answer: { status } })
        expect(usePlaygroundStore().history).toEqual([exchange])
      },
    ),
    { numRuns: 300 },
  )
})

test('a user created with a byte order mark before the JSON can call', async () => {
  fakeServer(routes)
  await sendOne({ ...draftOf(make), body: `\u{feff}${draftOf(make).body}` })
  expect(usePeopleStore().people.map(({ name }) => name)).toContain('Hedy')
})

/** Each thing that is done with an answer, made to fail. Answers the step to send. */
const BOOKKEEPING: Record<string, () => Step> = {
  'saving values': () => ((usePlaygroundStore().save = fail), make),
  'remembering who was created': () => ((usePeopleStore().remember = fail), make),
  'judging claims': () => ({ ...make, claims: new Proxy(make.claims, { get: fail }) }),
}
function fail(): never {
  throw new TypeError('made to fail')
}

test.each(Object.entries(BOOKKEEPING))(
  '%s fails: the response is shown, with a note',
  async (_what, sabotage) => {
    fakeServer(routes)
    const exchange = await sendOne(draftOf(make), sabotage())
    expect(exchange.outcome).toMatchObject({ kind: 'answer', answer: { status: 201 } })
    expect(exchange.notes).toEqual([expect.stringMatching(/: made to fail$/)])
    expect(usePlaygroundStore().history).toHaveLength(1)
    expect(usePlaygroundStore().stateOf('10-x', 'make')).not.toBe('running')
  },
)

test('without a trace or rows the response is still shown', async () => {
  const needy = Step.parse({
    id: 'needy', title: 'Needy', note: 'It needs.', path: '/items',
    claims: [
      { ...claim, id: 'traced', expect: { trace: [{ step: 'x' }] } },
      { ...claim, id: 'stored', expect: { store: [{ table: 'users' }] } },
    ],
  }) // prettier-ignore
  fakeServer({ 'GET /items': () => [200, []], 'GET /api/sandbox/store': () => [500, 'broken'] })
  const exchange = await sendOne(draftOf(needy), needy)
  expect(exchange.outcome).toMatchObject({ kind: 'answer', answer: { status: 200 } })
})

test('a value of the trace and the duration of a burst are saved, and later claims are compared with them', async () => {
  const step = (more: object) => Step.parse({ title: 'A step', note: 'A note.', path: '/items', ...more })
  const claims = (expect: object) => [{ ...claim, expect }]
  const steps = [
    step({ id: 'first', save: { salt: { step: 'auth.hash_password', path: 'salt' } } }),
    step({ id: 'slow', burst: 2, save: { slowMs: 'duration' } }),
    step({
      id: 'second',
      claims: claims({
        trace: [{ step: 'auth.hash_password', detail: [{ path: 'salt', not: '{{salt}}' }] }],
      }),
    }),
    step({ id: 'fast', burst: 2, claims: claims({ burst: { duration: { atMost: '{{slowMs}}' } } }) }),
  ]
  const answers = { salts: ['one', 'other', 'other'], durations: [80, 70, 90] }
  const hash = (salt: string) => ({
    index: 0, parent: null, name: 'auth.hash_password', kind: 'password', title: '', start: 0, duration: 1, own: 1,
    verdict: 'ok', detail: { kind: 'password', action: 'hash', algorithm: 'bcrypt', cost: 10, salt, match: null },
  }) // prettier-ignore
  const request = (salt: string) => ({
    spanId: 'b'.repeat(16), method: 'GET', path: '/items', status: 200, startedAt: '', duration: 1, truncated: false,
    steps: [hash(salt)],
  }) // prettier-ignore
  fakeServer({
    'GET /items': () => [200, {}],
    'GET /api/traces/:id': () => [200, { id: 'a'.repeat(32), requests: [request(answers.salts.shift()!)] }],
    'POST /api/burst': () => [
      200,
      { path: '/items', n: 2, duration: answers.durations.shift(), peak: 1, lanes: [] },
    ],
  })
  const lesson: LessonSteps = { slug: '10-y', title: 'Y', steps }
  const { exchanges } = await run((listener) => runAll(lesson, listener))
  expect(exchanges.flatMap((each) => each.claims.map(({ held }) => held))).toEqual([true, true])
  usePlaygroundStore().save('10-y', { salt: 'other' })
  const again = await run(async (listener) => {
    await runStep(lesson, 'second', draftOf(steps[2]!), listener)
    await runStep(lesson, 'fast', draftOf(steps[3]!), listener)
  })
  expect(again.exchanges.flatMap((each) => each.claims.map(({ held }) => held))).toEqual([false, false])
})

test('a claim with an invalid regular expression fails alone, with a reason', async () => {
  const bad = { ...claim, id: 'bad', expect: { text: { matches: '(lim' } } }
  const step = { ...make, claims: [bad, ...make.claims] }
  fakeServer(routes)
  const exchange = await sendOne(draftOf(step), step)
  expect(exchange.claims.map(({ held }) => held)).toEqual([false, true])
  expect(exchange.claims[0]?.checks[0]?.actual).toContain('Unterminated group')
})

test('a rejected response stays if the second attempt fails', async () => {
  let asked = 0
  fakeServer({ 'GET /users/me': () => (++asked === 1 ? [401, { detail: 'no' }] : [0]) })
  expect(summaryOf(await sendOne({ caller: 'ada', path: '/users/me' }))).toBe('401 Unauthorized')
})

test('a sandbox is prepared by a reset and the steps that are asked for, what they need among them, each once', async () => {
  const { paths } = fakeServer(routes)
  const again = Step.parse({ ...change, id: 'again', fresh: false })
  const plain = { ...make, fresh: false }
  const both: LessonSteps = { ...lesson, steps: [plain, change, again] }
  let isReady = false
  const { began } = await run(async (listener) => {
    isReady = await prepare(both, ['again', 'change'], listener)
  })
  expect(isReady).toBe(true)
  expect(began).toEqual(['make', 'change', 'again'])
  expect(paths()).toEqual([
    'GET /api/sandbox', 'POST /api/sandbox/reset', 'POST /users/', 'POST /login', 'PATCH /users/7', 'PATCH /users/7',
  ]) // prettier-ignore

  fakeServer({ 'POST /users/': () => [0] })
  await run(async (listener) => {
    isReady = await prepare(both, ['change'], listener)
  })
  expect(isReady).toBe(false)
})
