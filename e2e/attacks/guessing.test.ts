import { expect } from 'vitest'
import { keepsPromise } from '../support/promises.ts'
import { isLong, long } from '../support/long.ts'
import { percentile } from '../../bench/statistics.ts'
import { testApp } from '../support/test-app.ts'

const KNOWN = { name: 'Guessed', email: 'guessed@example.com', password: 'three green boats' }

keepsPromise(
  'Guessing ends after ten wrong passwords a minute, for one account from one address',
  async (row) => {
    const { origin } = await testApp({ env: { TRUST_PROXY: '1' } })
    const login = loginOf(origin)
    await register(origin)
    const statuses: number[] = []
    for (let guess = 0; guess < 14; guess += 1)
      statuses.push((await login(KNOWN.email, `wrong ${guess}`)).status)
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(4).fill(429)])
    const limited = await login(KNOWN.email, KNOWN.password)
    expect([limited.status, await limited.json()]).toEqual([429, { detail: expect.any(String) as unknown }])
    const wait = Number(limited.headers.get('Retry-After'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(60)
    // Another spelling of the same account is the same account; another account, and another address, are not.
    expect((await login('GUESSED@example.com', 'wrong')).status).toBe(429)
    expect((await login('someone@example.com', 'wrong')).status).toBe(401)
    expect((await login(KNOWN.email, KNOWN.password, '203.0.113.9')).status).toBe(200)
    // The client writes what it likes to the left of the address that the proxy saw.
    expect((await login(KNOWN.email, 'wrong', '198.51.100.1, 127.0.0.1')).status).toBe(429)

    // Sent at once they count as well.
    const burst = await Promise.all(
      Array.from({ length: 40 }, (_, guess) => login('burst@example.com', `wrong ${guess}`)),
    )
    const refused = burst.filter(({ status }) => status === 401).length
    expect(refused).toBe(10)
    expect(burst.filter(({ status }) => status === 429)).toHaveLength(30)
    row.tried = '14 guesses one by one, 40 at once, other spellings, accounts, addresses and forwarded ones'
    row.figure = 'ten each, then 429 with Retry-After'
  },
)

keepsPromise('While many log in, others read', async (row) => {
  const { origin } = await testApp({ env: { RATE_LIMIT: '0', TRUST_PROXY: '1' } })
  const login = loginOf(origin)
  await register(origin)
  const count = long(24, 200)
  let underWay = true
  const logins = Promise.all(
    Array.from({ length: count }, (_, who) => login(KNOWN.email, KNOWN.password, `203.0.113.${who % 250}`)),
  ).finally(() => (underWay = false))
  const reads: { status: number; ms: number }[] = []
  while (underWay) {
    const began = performance.now()
    const { status } = await fetch(`${origin}/users/1`)
    reads.push({ status, ms: performance.now() - began })
    await new Promise((resume) => setTimeout(resume, 5))
  }
  const statuses = (await logins).map(({ status }) => status)
  // Who doesn't fit into the queue for hashing is told so, and when to come back.
  for (const answer of await logins) {
    if (answer.status === 503) expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
  }
  expect(new Set(statuses.filter((status) => status !== 503))).toEqual(new Set([200]))
  expect(reads.length).toBeGreaterThan(10)
  expect(new Set(reads.map(({ status }) => status))).toEqual(new Set([200]))
  const p99 = percentile(
    reads.map(({ ms }) => ms),
    99,
  )
  if (long(false, true)) expect(p99).toBeLessThan(50)
  const busy = statuses.filter((status) => status === 503).length
  row.tried = `${reads.length} reads during ${count} logins at once, ${busy} of which were put off with 503 and Retry-After`
  row.figure = `all reads 200, p99 ${p99.toFixed(1)} ms`
})

keepsPromise(
  long(
    'A login tells nothing of whether the user exists',
    'The time of a login tells nothing of whether the user exists',
  ),
  async (row) => {
    const { origin } = await testApp({ env: { RATE_LIMIT: '0', TRUST_PROXY: '1' } })
    const login = loginOf(origin)
    await register(origin)
    const pairs = long(20, 500)
    const known: number[] = []
    const unknown: number[] = []
    const told = new Set<string>()
    const timed = async (email: string, from: string): Promise<number> => {
      const began = performance.now()
      const answer = await login(email, 'three grey boats', from)
      const body = await answer.text()
      const took = performance.now() - began
      const names = [...answer.headers.keys()].filter((name) => name !== 'connection')
      told.add(JSON.stringify([answer.status, body, answer.headers.get('WWW-Authenticate'), names]))
      return took
    }
    for (let pair = 0; pair < pairs; pair += 1) {
      // Each pair from an address of its own: nobody is over the limit.
      const from = `10.0.${pair >> 8}.${pair & 255}`
      const ask = {
        known: async () => known.push(await timed(KNOWN.email, from)),
        unknown: async () => unknown.push(await timed(`nobody-${pair}@example.com`, from)),
      }
      const order = Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
      for (const which of order) await ask[which]()
    }
    const area = areaUnderCurve(known, unknown)
    row.tried = `${pairs} pairs of wrong logins, one of a user and one of nobody, in random order`
    row.figure = `the same answers; area under the curve of their times ${area.toFixed(3)}`
    expect([...told]).toHaveLength(1)
    if (isLong) {
      expect(area).toBeGreaterThan(0.45)
      expect(area).toBeLessThan(0.55)
    }
  },
  long(60_000, 300_000),
)

/** How likely one of the first is larger than one of the others; 0.5 when nothing tells them apart. */
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

/** Logs in as a proxy would pass it on from that address. */
function loginOf(origin: string) {
  return (username: string, password: string, from = '127.0.0.1'): Promise<Response> =>
    fetch(`${origin}/login`, {
      method: 'POST',
      headers: { 'X-Forwarded-For': from },
      body: new URLSearchParams({ username, password }),
    })
}
