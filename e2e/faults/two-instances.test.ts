import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'vitest'
import { TraceReport } from '#contract/trace.ts'
import { hasPostgres } from '../../server/storage/testing/make-database.ts'
import { usersOf } from '../support/api.ts'
import { guarantee } from '../support/guarantees.ts'
import { testInstances } from '../support/test-app.ts'

/** A sandbox holds 200 users. */
const MAX_SIGN_UPS = 180
/** How often all connections to the database are killed during sign-ups. */
const KILLED = 5

const ADA = { username: 'ada@example.com', password: 'analytical-engine' }
guarantee('Two instances on PostgreSQL are one app: sandboxes, tokens, traces, limits', async (row) => {
  if (!(await hasPostgres('two instances'))) {
    row.leftOut = 'no PostgreSQL here'
    return
  }
  const instances = await testInstances()
  const ask = instances.ask.bind(instances)
  const sandbox = await ask('/api/sandbox')
  const { id } = (await sandbox.json()) as { id: string }
  const mine = { 'X-Sandbox': id }
  const json = { ...mine, 'Content-Type': 'application/json' }

  const login = await ask('/login', { method: 'POST', body: new URLSearchParams(ADA), headers: mine })
  const { access_token } = (await login.json()) as { access_token: string }
  const statuses: number[] = []
  for (let index = 0; index < 6; index += 1) {
    const me = await ask('/users/me', { headers: { ...mine, Authorization: `Bearer ${access_token}` } })
    statuses.push(me.status)
  }
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200])

  const people = Array.from({ length: 6 }, (_, index) => `person-${index}@example.com`)
  for (const email of people) {
    const body = JSON.stringify({ name: 'Somebody', email, password: 'a-long-enough-one' })
    expect((await ask('/users/', { method: 'POST', headers: json, body })).status).toBe(201)
    const list = (await (await ask('/users/?limit=100', { headers: mine })).json()) as { email: string }[]
    expect(list.map((user) => user.email)).toContain(email)
    expect((await ask('/users/', { method: 'POST', headers: json, body })).status).toBe(400)
  }

  for (let index = 0; index < 4; index += 1) {
    const traceId = randomBytes(16).toString('hex')
    await ask('/items', { headers: { ...mine, traceparent: `00-${traceId}-00f067aa0ba902b7-01` } })
    const report = await ask(`/api/traces/${traceId}`, { headers: mine })
    expect(report.status).toBe(200)
    expect(TraceReport.parse(await report.json()).requests.map(({ path }) => path)).toEqual(['/items'])
    await ask('/items')
  }

  const wrong = new URLSearchParams({ ...ADA, password: 'not-the-password' })
  const guesses: number[] = []
  for (let index = 0; index < 14; index += 1) {
    guesses.push((await ask('/login', { method: 'POST', body: wrong, headers: mine })).status)
  }
  expect(guesses).toEqual([...Array<number>(10).fill(401), ...Array<number>(4).fill(429)])
  row.tried =
    'a sandbox, a token, 6 sign-ups, 4 traces and 14 wrong logins, each request to the other instance'
  row.figure = 'all as on one'
})

guarantee('Nothing acknowledged is lost while an instance and its connections are killed', async (row) => {
  if (!(await hasPostgres('a killed instance'))) {
    row.leftOut = 'no PostgreSQL here'
    return
  }
  const instances = await testInstances()
  const [one, other] = instances.apps
  const { id } = (await (await fetch(`${one!.origin}/api/sandbox`)).json()) as { id: string }
  const headers = { 'X-Sandbox': id, 'Content-Type': 'application/json' }
  const acknowledged: string[] = []
  let over = false
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    for (let count = 0; !over && count < MAX_SIGN_UPS / 4; count += 1) {
      const email = `writer-${writer}-${count}@example.com`
      const body = JSON.stringify({ name: 'Writer', email, password: 'a-long-enough-one' })
      const answer = await fetch(`${(writer % 2 ? one : other)!.origin}/users/`, {
        method: 'POST',
        headers,
        body,
      }).catch(() => undefined)
      if (answer?.status === 201) acknowledged.push(email)
      // A refused connection takes no time: without this pause, the killed instance would use up its names at once.
      else await sleep(100)
    }
  })
  const moreAcknowledged = async () => {
    const before = acknowledged.length
    await expect.poll(() => acknowledged.length).toBeGreaterThan(before + 3)
  }
  for (let time = 0; time < KILLED; time += 1) {
    await moreAcknowledged()
    await instances.killConnections()
  }
  await moreAcknowledged()
  await one!.kill()
  await moreAcknowledged()
  over = true
  await Promise.all(writers)
  const emails = (await usersOf(other!, id))?.map(({ email }) => email)
  expect(emails).toEqual(expect.arrayContaining(acknowledged))
  row.tried = `4 writers through two instances, ${KILLED} times all connections killed, then one instance`
  row.figure = `${acknowledged.length} acknowledged, 0 lost`
})
