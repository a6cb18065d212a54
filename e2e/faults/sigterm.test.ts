import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { RoomClient, type Stream } from '../../server/interview/testing/room-client.ts'
import { ask, newSandbox, usersOf } from '../support/api.ts'
import type { App } from '../support/app.ts'
import { long } from '../support/long.ts'
import { keepsPromise } from '../support/promises.ts'
import { testApp } from '../support/test-app.ts'
import { temporaryFolder } from './folder.ts'

const ROUNDS = long(1, 20)
const WAITING = 40
const SIGNING_UP = 10
const ROOMS = 25

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

keepsPromise(
  'SIGTERM ends event streams, and both sides come back to what was acknowledged',
  async (row) => {
    const dataDir = await temporaryFolder()
    const env = { RATE_LIMIT: '0' }
    const app = await testApp({ dataDir, env })
    const rooms = await Promise.all(Array.from({ length: ROOMS }, () => new RoomClient(app.origin).open()))
    for (const room of rooms) expect((await room.host({ type: 'go-to', question: 'q1' })).status).toBe(200)
    const streams = await streamsOf(rooms)
    await Promise.all(streams.map((stream) => stream.until(() => true)))

    const marks = rooms.map((room) => room.host({ type: 'mark', moment: randomUUID(), label: 'at the end' }))
    const marked = Promise.all(marks)
    const began = performance.now()
    await new Promise((done) => setTimeout(done, 20))
    const ending = app.stop()
    expect((await marked).map(({ status }) => status)).toEqual(rooms.map(() => 200))
    for (const stream of streams) expect(await endOf(stream)).toBe('in peace')
    expect(await ending).toBe(0)
    const seconds = (performance.now() - began) / 1000

    const again = await testApp({ dataDir, env })
    const back = await streamsOf(rooms.map((room) => room.at(again.origin)))
    await Promise.all(
      back.map((stream, index) => stream.until(() => index % 2 > 0 || stream.raw().includes('at the end'))),
    )
    for (const stream of back) stream.close()
    row.tried = `SIGTERM with ${streams.length} event streams open and a write in each of ${ROOMS} rooms`
    row.figure = `0 writes dropped, out after ${seconds.toFixed(1)} s, all in both views afterwards`
    expect(seconds).toBeLessThan(6)
  },
  60_000,
)

/** Whether the server ended it, or its connection was cut. */
async function endOf({ ended, until, messages }: Stream<unknown>): Promise<'in peace' | 'cut'> {
  await ended
  const error = await until(() => false, messages.length).catch((reason: Error) => reason)
  return error instanceof Error && error.cause === undefined ? 'in peace' : 'cut'
}

/** Of each room the interviewer's and the candidate's. */
async function streamsOf(rooms: RoomClient[]): Promise<Stream<unknown>[]> {
  const pairs = rooms.map((room) => Promise.all([room.hostStream(), room.seatStream()]))
  return (await Promise.all(pairs)).flat()
}

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
