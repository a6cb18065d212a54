import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { RoomClient, type Stream } from '../../server/interview/testing/room-client.ts'
import { ask, newSandbox, usersOf } from '../support/api.ts'
import type { App } from '../support/app.ts'
import { guarantee, isLong, long } from '../support/guarantees.ts'
import { sendRaw, type RawRequest } from '../support/send-raw.ts'
import { testApp } from '../support/test-app.ts'
import { temporaryFolder } from './folder.ts'

const ROUNDS = long(1, 20)
const WAITING = 40
const WAIT_MS = long(300, 1_500)
/** Draining ends after five seconds, and the hashing must be done by then even on a busy machine. */
const SIGNING_UP = long(2, 10)
const ROOMS = 25

guarantee(
  'SIGTERM drains: requests that have started are answered, and their writes kept',
  async (row) => {
    row.tried = `${ROUNDS} times SIGTERM with ${WAITING} requests that take ${WAIT_MS} ms and ${SIGNING_UP} creates under way`
    let dropped = 0
    let slowest = 0
    for (let round = 0; round < ROUNDS; round += 1) {
      const dataDir = await temporaryFolder()
      const app = await testApp({ dataDir, env: { RATE_LIMIT: '0' } })
      const sandbox = await newSandbox(app)
      const requests = await sentTo(app, requestsOf(sandbox))
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
      if (isLong) expect(slowest).toBeLessThan(6_000)
      await expect(ask(app, 'GET', '/healthz')).rejects.toThrow()

      const again = await testApp({ dataDir })
      expect(await usersOf(again, sandbox)).toHaveLength(3 + SIGNING_UP)
      await again.kill()
    }
  },
  180_000 + ROUNDS * 60_000,
)

guarantee(
  'SIGTERM ends event streams, and after a restart both sides see everything acknowledged',
  async (row) => {
    const dataDir = await temporaryFolder()
    const env = { RATE_LIMIT: '0' }
    const app = await testApp({ dataDir, env })
    const rooms = await Promise.all(Array.from({ length: ROOMS }, () => new RoomClient(app.origin).open()))
    for (const room of rooms) expect((await room.host({ type: 'go-to', question: 'q1' })).status).toBe(200)
    const streams = await streamsOf(rooms)
    await Promise.all(streams.map((stream) => stream.until(() => true)))

    const marks = await sentTo(app, rooms.map(markOf))
    const began = performance.now()
    const ending = app.stop()
    expect(await Promise.all(marks)).toEqual(rooms.map(() => 200))
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
    if (isLong) expect(seconds).toBeLessThan(6)
  },
)

/** Whether the server ended the stream or its connection was cut. */
async function endOf({ ended, until, messages }: Stream<unknown>): Promise<'in peace' | 'cut'> {
  await ended
  const error = await until(() => false, messages.length).catch((reason: Error) => reason)
  return error instanceof Error && error.cause === undefined ? 'in peace' : 'cut'
}

/** The interviewer's and the candidate's stream of each room. */
async function streamsOf(rooms: RoomClient[]): Promise<Stream<unknown>[]> {
  const pairs = rooms.map((room) => Promise.all([room.hostStream(), room.seatStream()]))
  return (await Promise.all(pairs)).flat()
}

/** Forty requests that wait, and some sign-ups. */
function requestsOf(sandbox: string): RawRequest[] {
  const waits = Array.from({ length: WAITING }, () => ({
    method: 'GET',
    path: `/lab/wait/async?ms=${WAIT_MS}`,
    headers: { 'X-Sandbox': sandbox },
  }))
  const creates = Array.from({ length: SIGNING_UP }, (_, index) => ({
    method: 'POST',
    path: '/users/',
    headers: { 'X-Sandbox': sandbox, 'Content-Type': 'application/json' },
    body: JSON.stringify({
      name: 'Person',
      email: `p${index}@example.com`,
      password: `nobody knows ${index}`,
    }),
  }))
  return [...waits, ...creates]
}

/** The interviewer marks a moment of the room. */
function markOf({ id, room, key }: RoomClient): RawRequest {
  const command = { id: randomUUID(), type: 'mark', moment: randomUUID(), label: 'at the end' }
  return {
    method: 'POST',
    path: `/api/interviews/${id}/rooms/${room}/commands`,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(command),
  }
}

/**
 * Sends all of them, and resolves when they are in progress.
 * @returns the outcome of each
 */
async function sentTo(app: App, requests: RawRequest[]): Promise<Promise<number | 'dropped'>[]> {
  const answers: Promise<number | 'dropped'>[] = []
  const sent = requests.map(
    (asked) =>
      new Promise<void>((done) => {
        const answer = sendRaw(app.origin, { ...asked, sent: done })
        answers.push(
          answer.then(
            ({ status }) => status,
            () => {
              done()
              return 'dropped' as const
            },
          ),
        )
      }),
  )
  await Promise.all(sent)
  return answers
}

/** Connections are accepted in order and read in the next turn of the event loop, so a second answer arrives after all that. */
async function allArrived(app: App): Promise<void> {
  for (const path of ['/healthz', '/healthz']) expect((await ask(app, 'GET', path)).status).toBe(200)
}
