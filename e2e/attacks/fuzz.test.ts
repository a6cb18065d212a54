import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startApp, type App } from '../support/app.ts'
import { guarantee, long } from '../support/guarantees.ts'
import { memoryOf } from '../support/process-usage.ts'
import type { RawAnswer } from '../support/send-raw.ts'
import { AROUND_EVERY_OPERATION, faultOf, faultOfAny, jsonOf } from './fuzz-answers.ts'
import { anyBytes } from './fuzz-bytes.ts'
import { FuzzClient, type FuzzRequest } from './fuzz-client.ts'
import { operationsOf, type DocumentedOperation } from './fuzz-document.ts'
import { randomRequest } from './fuzz-random.ts'
import { faultyRequest, nameOf, validRequest, type Case } from './fuzz-requests.ts'
import { Model, Seeded, story } from './fuzz-story.ts'
import { sendBytes, statusesIn } from './send-bytes.ts'

const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31)
/** Requests of each kind; a story has about eight. */
const RUNS = long(
  { valid: 350, faulty: 450, random: 350, api: 120, stories: 14, bytes: 120 },
  { valid: 22_000, faulty: 40_000, random: 28_000, api: 8_000, stories: 400, bytes: 5_000 },
)
/** Milliseconds after which the test of one kind fails. */
const TIMEOUT_MS = 30 * 60_000
/** The server's heap limit in megabytes: a server that kept what it was sent would run out of memory. */
const HEAP_LIMIT_MB = 160
/** Megabytes that the whole process may use after all requests. */
const MAX_MEMORY_MB = 400

const Users = z.array(
  z.object({
    id: z.number(),
    name: z.string(),
    email: z.string(),
    age: z.number().nullable(),
    bio: z.string().nullable(),
  }),
)

let app: App
/** Faults found by any of the tests. */
const faults: string[] = []
let client: FuzzClient
let operations: DocumentedOperation[]
let seeded: z.infer<typeof Seeded>
let people: z.infer<typeof Users>
const tokens = new Map<number, string>()

beforeAll(async () => {
  app = await startApp({
    env: {
      NODE_OPTIONS: `--max-old-space-size=${HEAP_LIMIT_MB}`,
      LOG_LEVEL: 'error',
      RATE_LIMIT: '0',
      ...storage(),
    },
  })
  client = new FuzzClient(portOf(app))
  // One of them fails on purpose.
  operations = operationsOf(jsonOf((await get('/openapi.json')).body)).filter(
    ({ path }) => path !== '/lab/boom',
  )
  seeded = Seeded.parse(jsonOf((await reset()).body))
  people = Users.parse(jsonOf((await get('/users/')).body))
  for (const { id, email, password } of seeded.people) {
    const body = new URLSearchParams({ username: email, password }).toString()
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' }
    const { access_token } = z
      .object({ access_token: z.string() })
      .parse(jsonOf((await client.ask({ method: 'POST', path: '/login', headers, body })).body))
    tokens.set(id, access_token)
  }
  client.sent = 0
}, 300_000)

afterEach(async () => {
  expect((await get('/healthz')).status).toBe(200)
})

afterAll(async () => {
  client?.close()
  await app?.remove()
})

/** Files, or the database that `DATABASE_URL` names. */
function storage(): NodeJS.ProcessEnv {
  const { DATABASE_URL } = process.env
  return DATABASE_URL === undefined ? {} : { DATABASE_URL, JWT_SECRET: 'x'.repeat(32) }
}

const portOf = ({ origin }: App) => Number(new URL(origin).port)
const get = (path: string) => client.ask({ method: 'GET', path, headers: {} })
const reset = () => client.ask({ method: 'POST', path: '/api/sandbox/reset', headers: {} })

/** Runs a property; a failure prints the seed that reproduces it: `FUZZ_SEED=… npx vitest run e2e/attacks/fuzz.test.ts`. */
async function hold<T>(
  numRuns: number,
  arbitrary: fc.Arbitrary<T>,
  run: (value: T) => Promise<void>,
): Promise<void> {
  const property = fc.asyncProperty(arbitrary, run)
  const result = fc.assert(property, {
    seed: SEED,
    numRuns,
    // With fewer requests the test would show less than its title says.
    interruptAfterTimeLimit: TIMEOUT_MS,
    markInterruptAsFailure: true,
  })
  await result.catch((error: unknown) => {
    faults.push(String(error))
    throw error
  })
}

/** Sends one request, and resets the people if it may have changed them. */
async function ask(request: FuzzRequest): Promise<RawAnswer> {
  const answer = await client.ask(request)
  if (!['GET', 'HEAD', 'OPTIONS'].includes(request.method) && answer.status < 300) {
    await reset()
    client.sent -= 1
  }
  return answer
}

function check(request: FuzzRequest, answer: RawAnswer, fault: string | undefined): void {
  if (fault === undefined) return
  throw new Error(
    `${request.method} ${request.path} → ${answer.status}: ${fault}\n${JSON.stringify(request)}`,
  )
}

async function checkCase(made: Case): Promise<void> {
  const operation = operations.find((each) => nameOf(each) === made.operation)!
  const answer = await ask(made.request)
  check(made.request, answer, faultOf(made, operation, answer))
}

/** Statuses of pages and files, which aren't in the document. */
const OF_PAGES = [200, 304]

async function checkRandom(
  request: FuzzRequest,
  documented: (request: FuzzRequest) => readonly number[],
): Promise<void> {
  const answer = await ask(request)
  const { status } = answer
  const known = documented(request).includes(status) || AROUND_EVERY_OPERATION.has(status)
  check(
    request,
    answer,
    faultOfAny(request, answer) ?? (known ? undefined : `status ${status}, which nothing documents`),
  )
}

/** The statuses that the document lists for the request's operation. */
function documentedOf({ method, path }: FuzzRequest): readonly number[] {
  const [address = ''] = path.split('?')
  const found = operations.filter(
    (each) =>
      each.method === method && new RegExp(`^${each.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(address),
  )
  return found.length === 0 ? OF_PAGES : found.flatMap(({ answers }) => [...answers.keys()])
}

test(
  'requests that follow the document get a response that it lists',
  { timeout: TIMEOUT_MS + 60_000 },
  async () => {
    await hold(RUNS.valid, validRequest(operations, [...tokens.values()]), checkCase)
  },
)

test(
  'requests with one fault are refused with 422, and the fault is named',
  { timeout: TIMEOUT_MS + 60_000 },
  async () => {
    await hold(RUNS.faulty, faultyRequest(operations, tokens.get(1) ?? ''), checkCase)
  },
)

test('random requests are answered, and never with 5xx', { timeout: TIMEOUT_MS + 60_000 }, async () => {
  const paths = [
    ...operations.map(({ path }) => path),
    '/',
    '/docs',
    '/openapi.json',
    '/lessons/errors',
    '/healthz',
    '/readyz',
  ]
  await hold(RUNS.random, randomRequest(paths, [...tokens.values()]), (request) =>
    checkRandom(request, documentedOf),
  )
})

test("the app's own API answers anything, and never with 5xx", { timeout: TIMEOUT_MS + 60_000 }, async () => {
  const paths = [
    '/api/sandbox',
    '/api/sandbox/reset',
    '/api/sandbox/store',
    '/api/burst',
    '/api/traces/{id}',
    '/api/x',
  ]
  const burst = fc
    .record({
      path: fc.constantFrom('/items', '/users/1', '/lab/wait/async?ms=1', '/login', '/items/\u00e4'),
      n: fc.integer({ min: -1, max: 3 }),
    })
    .map((body) => ({
      method: 'POST',
      path: '/api/burst',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }))
  const request: fc.Arbitrary<FuzzRequest> = fc.oneof(
    { weight: 6, arbitrary: randomRequest(paths, [...tokens.values()]) },
    burst,
  )
  await hold(RUNS.api, request, (each) => checkRandom(each, () => [...OF_PAGES, 422]))
})

test('a visit of several requests goes as the model predicts', { timeout: TIMEOUT_MS + 60_000 }, async () => {
  await hold(RUNS.stories, story, async (steps) => {
    // Wrong passwords are counted by address.
    client.nextVisitor()
    await reset()
    client.sent -= 1
    const model = new Model(seeded, people, tokens)
    for (const step of steps) {
      const { request, status, body } = model.plan(step)
      const answer = await client.ask(request)
      check(request, answer, faultOfAny(request, answer))
      expect(
        answer.status,
        `${request.method} ${request.path} of ${JSON.stringify(step)}: ${answer.body}`,
      ).toBe(status)
      if (body !== undefined) expect(withoutTimes(jsonOf(answer.body))).toEqual(body)
      model.note(step, answer)
    }
  })
})

/** Ignores when a person was created: only the server knows. */
function withoutTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTimes)
  const { created_at: _, ...others } = z.record(z.string(), z.unknown()).parse(value)
  return others
}

test("bytes that aren't HTTP only close their connection", { timeout: TIMEOUT_MS + 60_000 }, async () => {
  await hold(RUNS.bytes, anyBytes, async (bytes) => {
    client.sent += 1
    const statuses = statusesIn(await sendBytes(portOf(app), bytes))
    expect(statuses.filter((status) => status >= 500)).toEqual([])
  })
})

guarantee('Bad input: no answer of 5xx, no status that the OpenAPI document does not name', async (row) => {
  const bytes = await memoryOf(app)
  const memory = bytes === undefined ? undefined : Math.round(bytes / 2 ** 20)
  row.tried = `${client.sent} generated requests: valid, with one fault, left to chance, in sequence, raw bytes (seed ${SEED})`
  row.figure = `${faults.length} faults; the server held ${memory ?? '?'} MB at the end`
  process.stdout.write(`\nfuzz: ${row.tried}; ${row.figure}\n`)
  expect(faults).toEqual([])
  expect(app.log).toBe('')
  expect(memory ?? 0).toBeLessThan(MAX_MEMORY_MB)
})
