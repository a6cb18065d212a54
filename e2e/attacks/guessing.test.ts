import { expect } from 'vitest'
import { TraceReport } from '#contract/trace.ts'
import { guarantee, isLong, long } from '../support/guarantees.ts'
import { percentile } from '../../bench/statistics.ts'
import { testApp } from '../support/test-app.ts'
import { withinWindow } from '../support/within-window.ts'

const KNOWN = { name: 'Guessed', email: 'guessed@example.com', password: 'three green boats' }

guarantee(
  'Guessing ends after ten wrong passwords a minute, for one account from one address',
  async (row) => {
    const { origin } = await testApp({ env: { TRUST_PROXY: '1' } })
    const login = loginOf(origin)
    await register(origin)
    await withinWindow(60_000, async (number) => {
      // A loopback address that has not been counted yet.
      const from = `127.0.0.${number}`
      const statuses: number[] = []
      for (let guess = 0; guess < 14; guess += 1)
        statuses.push((await login(KNOWN.email, `wrong ${guess}`, from)).status)
      expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(4).fill(429)])
      const limited = await login(KNOWN.email, KNOWN.password, from)
      expect([limited.status, await limited.json()]).toEqual([429, { detail: expect.any(String) as unknown }])
      const wait = Number(limited.headers.get('Retry-After'))
      expect(wait).toBeGreaterThan(0)
      expect(wait).toBeLessThanOrEqual(60)
      // Another spelling of the same account is the same account; another account, and another address, are not.
      expect((await login('GUESSED@example.com', 'wrong', from)).status).toBe(429)
      expect((await login('someone@example.com', 'wrong', from)).status).toBe(401)
      expect((await login(KNOWN.email, KNOWN.password, '203.0.113.9')).status).toBe(200)
      // A client may write anything to the left of the address that the proxy saw.
      expect((await login(KNOWN.email, 'wrong', `198.51.100.1, ${from}`)).status).toBe(429)
    })

    // They count when they are sent at once, too.
    await withinWindow(60_000, async (number) => {
      const burst = await Promise.all(
        Array.from({ length: 40 }, (_, guess) => login(`burst-${number}@example.com`, `wrong ${guess}`)),
      )
      expect(burst.filter(({ status }) => status === 401)).toHaveLength(10)
      expect(burst.filter(({ status }) => status === 429)).toHaveLength(30)
    })
    row.tried = '14 guesses one by one, 40 at once, other spellings, accounts, addresses and forwarded ones'
    row.figure = 'ten each, then 429 with Retry-After'
  },
)

/** How many reads are answered while the logins are in progress. */
const READS = 50

guarantee('While many log in, reads stay fast', async (row) => {
  const { origin } = await testApp({ env: { RATE_LIMIT: '0', TRUST_PROXY: '1' } })
  const login = loginOf(origin)
  await register(origin)
  const count = long(24, 200)
  const reads: { status: number; ms: number }[] = []
  let underWay = true
  const answers: Response[] = []
  const logins = Promise.all(
    Array.from({ length: count }, async (_, who) => {
      // The short form keeps that many logins in progress until there were enough reads, however fast either is.
      do answers.push(await login(KNOWN.email, KNOWN.password, `203.0.113.${who % 250}`))
      while (!isLong && reads.length < READS)
    }),
  ).finally(() => (underWay = false))
  while (underWay) {
    const began = performance.now()
    const { status } = await fetch(`${origin}/users/1`)
    reads.push({ status, ms: performance.now() - began })
    await new Promise((resume) => setTimeout(resume, 5))
  }
  await logins
  const statuses = answers.map(({ status }) => status)
  // Those who don't fit into the hashing queue get a 503 with a Retry-After.
  for (const answer of answers) {
    if (answer.status === 503) expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
  }
  expect(new Set(statuses.filter((status) => status !== 503))).toEqual(new Set([200]))
  expect(reads.length).toBeGreaterThanOrEqual(READS)
  expect(new Set(reads.map(({ status }) => status))).toEqual(new Set([200]))
  const p99 = percentile(
    reads.map(({ ms }) => ms),
    99,
  )
  if (isLong) expect(p99).toBeLessThan(50)
  const busy = statuses.filter((status) => status === 503).length
  row.tried = `${reads.length} reads during ${statuses.length} logins, ${count} at once, ${busy} of which were put off with 503 and Retry-After`
  row.figure = `all reads 200, p99 ${p99.toFixed(1)} ms`
})

guarantee(
  // Response times mean something only on an idle machine, so the short form compares the work that is done.
  long(
    'A login does the same work and gives the same answer whether the user exists or not',
    'The time of a login doesn’t reveal whether the user exists',
  ),
  async (row) => {
    const { origin } = await testApp({ env: { RATE_LIMIT: '0', TRUST_PROXY: '1' } })
    const login = loginOf(origin)
    await register(origin)
    const pairs = long(8, 500)
    const known: number[] = []
    const unknown: number[] = []
    const seen = new Set<string>()
    const work = new Set<string>()
    const timed = async (email: string, from: string): Promise<number> => {
      const began = performance.now()
      const answer = await login(email, 'three grey boats', from)
      const body = await answer.text()
      const took = performance.now() - began
      const names = [...answer.headers.keys()].filter((name) => name !== 'connection')
      seen.add(JSON.stringify([answer.status, body, answer.headers.get('WWW-Authenticate'), names]))
      work.add(JSON.stringify(await hashesOf(origin, answer)))
      return took
    }
    for (let pair = 0; pair < pairs; pair += 1) {
      // Each pair has an address of its own, so that none reaches the limit.
      const from = `10.0.${pair >> 8}.${pair & 255}`
      const ask = {
        known: async () => known.push(await timed(KNOWN.email, from)),
        unknown: async () => unknown.push(await timed(`nobody-${pair}@example.com`, from)),
      }
      const order = Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
      for (const which of order) await ask[which]()
    }
    const area = areaUnderCurve(known, unknown)
    row.tried = `${pairs} pairs of wrong logins, one for a user and one for an unknown email, in random order`
    row.figure = 'the same answers, one bcrypt of cost 10 for each'
    expect([...seen]).toHaveLength(1)
    expect([...work]).toEqual([JSON.stringify([{ algorithm: 'bcrypt', cost: 10 }])])
    if (isLong) {
      row.figure += `; area under the curve of their times ${area.toFixed(3)}`
      expect(area).toBeGreaterThan(0.45)
      expect(area).toBeLessThan(0.55)
    }
  },
  long(300_000, 900_000),
)

/** The hashes that were computed for this response, from its trace. */
async function hashesOf(origin: string, answer: Response): Promise<unknown[]> {
  const [, id] = answer.headers.get('traceparent')?.split('-') ?? []
  const { requests } = TraceReport.parse(await (await fetch(`${origin}/api/traces/${id}`)).json())
  return requests
    .flatMap(({ steps }) => steps)
    .flatMap(({ detail }) => {
      return detail?.kind === 'password' ? [{ algorithm: detail.algorithm, cost: detail.cost }] : []
    })
}

/** The probability that one of the first is larger than one of the others; 0.5 if they can't be told apart. */
function areaUnderCurve(first: readonly number[], others: readonly number[]): number {
  let larger = 0
  for (const one of first) for (const other of others) larger += one > other ? 1 : one === other ? 0.5 : 0
  return larger / (first.length * others.length)
}

async function register(origin: string): Promise<void> {
  const made = await fetch(`${origin}/users/`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(KNOWN),
  })
  expect(made.status).toBe(201)
}

/** Logs in as if a proxy forwarded the request from that address. */
function loginOf(origin: string) {
  return (username: string, password: string, from = '127.0.0.1'): Promise<Response> =>
    fetch(`${origin}/login`, {
      method: 'POST',
      headers: { 'X-Forwarded-For': from },
      body: new URLSearchParams({ username, password }),
    })
}
