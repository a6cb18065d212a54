import { Agent, request } from 'node:http'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { CROWDS, statusesOf } from '../../original/replay/crowds.ts'
import { serveProject, type TestServer } from '../testing/serve-project.ts'

let server: TestServer
beforeAll(async () => {
  server = await serveProject()
})
afterAll(() => server.close())

async function newSandbox(): Promise<[string, string][]> {
  return [['X-Sandbox', (await server.storage.create()).id]]
}

// At once, each in a sandbox of its own: a busy sandbox holds no other up.
test('as many of the calls succeed as in the original', async () => {
  const statuses = CROWDS.map(async (crowd) => statusesOf(server.origin, crowd, await newSandbox()))
  expect(await Promise.all(statuses)).toEqual(CROWDS.map((crowd) => crowd.statuses))
})

test('a sandbox that uses all its connections takes none from another', async () => {
  const [greedy, other] = [await newSandbox(), await newSandbox()]
  const held = statusesOf(server.origin, { path: '/lab/connection?ms=2000', calls: 41, statuses: {} }, greedy)
  const few = { path: '/lab/connection?ms=0', calls: 10, statuses: {} }
  expect(await statusesOf(server.origin, few, other)).toEqual({ 200: 10 })
  expect(await held).toEqual({ 200: 15, 500: 26 })
})

test.each(['/lab/connection', '/lab/connection/async'])(
  '%s: a caller who hangs up does not keep the connection',
  async (path) => {
    const sandbox = await newSandbox()
    const agent = new Agent({ maxSockets: 15 })
    const gone = Array.from({ length: 15 }, () => {
      const { port } = new URL(server.origin)
      const options = { port, path: `${path}?ms=2000`, agent, headers: Object.fromEntries(sandbox) }
      return request(options).on('error', () => undefined)
    })
    for (const each of gone) each.end()
    const fifteen = { path: `${path}?ms=0`, calls: 15, statuses: {} }
    const one = { path: `${path}?ms=0`, calls: 1, statuses: {} }
    // All fifteen are taken.
    await expect.poll(() => statusesOf(server.origin, one, sandbox)).toEqual({ 500: 1 })
    for (const each of gone) each.destroy()
    // The pool lives as long as a request of its sandbox runs.
    const wait = { path: '/lab/wait/async?ms=2000', calls: 1, statuses: {} }
    const waits = setInterval(() => void statusesOf(server.origin, wait, sandbox).catch(() => undefined), 500)
    onTestFinished(() => clearInterval(waits))
    const attempt = () => statusesOf(server.origin, fifteen, sandbox)
    await expect.poll(attempt, { timeout: 20_000 }).toEqual({ 200: 15 })
  },
)

test('calls one at a time wait for 20 seconds at most, and one that is refused keeps nothing', async () => {
  const sandbox = await newSandbox()
  const many = { path: '/lab/wait/one-at-a-time?ms=2000', calls: 40, statuses: {} }
  const { 200: answered = 0, 503: refused = 0 } = await statusesOf(server.origin, many, sandbox)
  expect(answered + refused).toBe(40)
  // More than ten only if some arrive when others are over.
  expect(answered).toBeGreaterThanOrEqual(10)
  expect(refused).toBeGreaterThanOrEqual(20)
  const next = { path: '/lab/wait/one-at-a-time?ms=0', calls: 1, statuses: {} }
  expect(await statusesOf(server.origin, next, sandbox)).toEqual({ 200: 1 })
}, 60_000)
