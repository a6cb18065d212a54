import { expect } from 'vitest'
import { ask, newSandbox, usersOf } from '../support/api.ts'
import type { App } from '../support/app.ts'
import { long } from '../support/long.ts'
import { keepsPromise } from '../support/promises.ts'
import { testApp } from '../support/test-app.ts'
import { temporaryFolder } from './folder.ts'

const ROUNDS = long(1, 20)
const WAITING = 40
const SIGNING_UP = 10

keepsPromise(
  'SIGTERM drains: what has begun is answered, and kept',
  async (row) => {
    row.tried = `${ROUNDS} times SIGTERM with ${WAITING} requests that take 1.5 s and ${SIGNING_UP} creates under way`
    let dropped = 0
    let slowest = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const dataDir = await temporaryFolder()
      const app = await testApp({ dataDir, env: { RATE_LIMIT: '0' } })
      const sandbox = await newSandbox(app)
      const requests = underWay(app, sandbox)
      await allArrived(app)
      const began = performance.now()
      const ending = app.stop()
      const statuses = await Promise.all(requests)
      expect(await ending).toBe(0)
      slowest = Math.max(slowest, performance.now() - began)
      dropped += statuses.filter((status) => status === 'dropped').length
      row.figure = `${dropped} dropped, the last was out after ${(slowest / 1000).toFixed(1)} s`
      expect(dropped).toBe(0)
      expect(new Set(statuses)).toEqual(new Set([200, 201]))
      expect(slowest).toBeLessThan(6_000)
      await expect(ask(app, 'GET', '/healthz')).rejects.toThrow()

      const again = await testApp({ dataDir })
      expect(await usersOf(again, sandbox)).toHaveLength(3 + SIGNING_UP)
      await again.kill()
    }
  },
  60_000 + ROUNDS * 20_000,
)

function underWay(app: App, sandbox: string): Promise<number | 'dropped'>[] {
  const waits = Array.from({ length: WAITING }, () => ask(app, 'GET', '/lab/wait/async?ms=1500', { sandbox }))
  const creates = Array.from({ length: SIGNING_UP }, (_, index) =>
    ask(app, 'POST', '/users/', {
      sandbox,
      body: { name: 'Person', email: `p${index}@example.com`, password: `nobody knows ${index}` },
    }),
  )
  return [...waits, ...creates].map((asked) =>
    asked.then(
      async (answer) => {
        await answer.text()
        return answer.status
      },
      () => 'dropped' as const,
    ),
  )
}

/** Connections are taken in their order: one that is answered now came after all the others. */
async function allArrived(app: App): Promise<void> {
  await new Promise((done) => setTimeout(done, 300))
  expect((await ask(app, 'GET', '/healthz')).status).toBe(200)
}
