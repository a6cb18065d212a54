// @vitest-environment node
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Step } from '../../../contract/lesson.ts'
import { usePeopleStore } from '../../stores/playground-people.ts'
import { HISTORY_LIMIT, usePlaygroundStore } from '../../stores/playground.ts'
import { draftOf, emptyDraft, type Draft } from './draft.ts'
import type { Exchange, LessonSteps } from './exchange.ts'
import { runAll, runStep } from './run.ts'
import { send } from './send.ts'
import { summaryOf } from './summary.ts'
import { fakeServer, fakeToken } from './testing/fake-server.ts'

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

function sendOne(draft: Partial<Draft>, step: Step | null = null): Promise<Exchange> {
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

test('a step that needs a value runs the step that saves it first, on a sandbox that was reset', async () => {
  const { paths } = fakeServer(routes)
  const { exchanges, began } = await run((listener) => runStep(lesson, 'change', draftOf(change), listener))
  expect(began).toEqual(['make after a reset', 'change'])
  expect(paths()).toEqual([
    'GET /api/sandbox', 'POST /api/sandbox/reset', 'POST /users/', 'POST /login', 'PATCH /users/7',
  ]) // prettier-ignore
  expect(exchanges.map(summaryOf)).toEqual(['201 Created, 1 of 1 claims hold', '200 OK, 1 of 1 claims hold'])
  expect(usePlaygroundStore().stateOf('10-x', 'change')).toBe('held')
})

test('run all runs what a step needs once more where a reset lies between', async () => {
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

test('the value is there the next time, and the token is kept', async () => {
  const { seen, paths } = fakeServer(routes)
  await run((listener) => runAll(lesson, listener))
  seen.length = 0
  await run((listener) => runStep(lesson, 'change', draftOf(change), listener))
  expect(paths()).toEqual(['PATCH /users/7'])
  expect(seen[0]?.headers.authorization).toMatch(/^Bearer ey/)
})

test('each send has a trace of its own and no content type that nobody asked for', async () => {
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
      message: expect.stringMatching(/this server and no other/),
    })
    expect(paths()).toEqual(['GET /api/sandbox'])
  },
)

test('a token that was refused is fetched anew once, and a second 401 is the answer', async () => {
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

test('a token near its end is not used', async () => {
  const { paths } = fakeServer({
    'POST /login': () => [200, { access_token: fakeToken(5) }],
    'GET /items': () => [200, []],
  })
  await sendOne({ caller: 'ada', path: '/items' })
  await sendOne({ caller: 'ada', path: '/items' })
  expect(paths().filter((path) => path === 'POST /login')).toHaveLength(2)
})

test('someone who can no longer log in is said, with what to do', async () => {
  fakeServer({ 'POST /login': () => [401, { detail: 'Incorrect email or password' }] })
  const { outcome } = await sendOne({ caller: 'ada', path: '/users/me' })
  expect(outcome).toMatchObject({ kind: 'failure', message: expect.stringContaining('Reset the sandbox') })
})

test('whom a request created can call', async () => {
  const { seen } = fakeServer({ ...routes, 'GET /users/me': () => [200, {}] })
  await sendOne(draftOf(make), make)
  expect(usePeopleStore().people.map(({ name }) => name)).toContain('Hedy')
  await sendOne({ caller: 'h@example.com', path: '/users/me' })
  expect(seen.findLast(({ path }) => path === '/login')?.body).toBe(
    'username=h%40example.com&password=frequency',
  )
})

test('an edited request is not held against the claims', async () => {
  fakeServer(routes)
  const exchange = await sendOne({ ...draftOf(make), body: '{}' }, make)
  expect(exchange).toMatchObject({ edited: true, claims: [] })
  expect(usePlaygroundStore().stateOf('10-x', 'make')).toBe('waiting')
})

test('a claim that does not hold says what was expected and what came', async () => {
  fakeServer({ 'POST /users/': () => [400, { detail: 'Email already registered' }] })
  const exchange = await sendOne(draftOf(make), make)
  expect(summaryOf(exchange)).toBe('400 Bad Request, 0 of 1 claims hold')
  expect(exchange.claims[0]?.checks).toEqual([{ what: 'status', expected: '201', got: '400', ok: false }])
})

test('a request with a value that nothing saved is not sent', async () => {
  const { paths } = fakeServer()
  const { outcome } = await sendOne({ path: '/users/{{userId}}' })
  expect(outcome).toMatchObject({ kind: 'failure', message: expect.stringContaining('{{userId}}') })
  expect(paths()).toEqual(['GET /api/sandbox'])
})

test('no network and a body with GET are said in words', async () => {
  fakeServer({ 'GET /items': () => [0] })
  expect((await sendOne({ path: '/items' })).outcome).toMatchObject({
    message: expect.stringContaining('did not answer'),
  })
  const { outcome } = await sendOne({ path: '/items', kind: 'json', body: '{}' })
  expect(outcome).toMatchObject({ message: expect.stringContaining('no body with GET') })
})

test('the history is bounded and newest first', async () => {
  fakeServer({ 'GET /items': () => [200, []] })
  for (let at = 0; at < HISTORY_LIMIT + 3; at += 1) await sendOne({ path: '/items' })
  const ids = usePlaygroundStore().history.map(({ id }) => id)
  expect(ids).toHaveLength(HISTORY_LIMIT)
  expect(ids[0]).toBe(HISTORY_LIMIT + 3)
})

test('what is shown as sent has only headers that a browser lets a page set', async () => {
  const { seen } = fakeServer({ 'GET /items': () => [200, []] })
  const headers = [
    ['Cookie', 'a=1'],
    ['Origin', 'https://evil.example'],
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

test('braces are sent as they are written when the person chooses so, and what nobody saved is asked for otherwise', async () => {
  const { seen } = fakeServer({ 'POST /items?q={{x}}': () => [200, {}] })
  const body = '{ "a": "{{constructor}}", "b": {{x}} }'
  const draft: Partial<Draft> = { method: 'POST', path: '/items?q={{x}}', kind: 'json', body }
  const refused = await sendOne(draft)
  expect(refused.outcome).toMatchObject({
    kind: 'failure',
    message: expect.stringContaining('No value for {{x}}, {{constructor}} yet'),
  })
  const { outcome } = await sendOne({ ...draft, asWritten: true })
  expect(outcome.kind).toBe('answer')
  expect(seen.at(-1)?.body).toBe(body)
})
