import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { startApp } from '../e2e/support/app.ts'
import { memoryOf } from '../e2e/support/memory.ts'
import { Writer } from '../server/interview/testing/room-client.ts'
import { LeanRoomClient } from './lean-room-client.ts'
import { percentile } from './statistics.ts'

/**
 * `npm run bench:rooms -- [--short] [--postgres postgres://…]`: rooms with both sides connected to one app. Every second each candidate types
 * and each interviewer ticks a key point, in turn; measured is the time from sending a command to its effect in the other browser's stream.
 */
const short = process.argv.includes('--short')
const ROOMS = short ? 50 : 500
const SECONDS = short ? 10 : 60
/** Rooms of one interview: as many as it may have. */
const TOGETHER = 50

interface Sample {
  at: number
  rss: number
}

export async function benchRooms(database?: string): Promise<void> {
  const env = {
    RATE_LIMIT: '0',
    ...(database === undefined
      ? {}
      : { DATABASE_URL: database, JWT_SECRET: 'the secret of a measurement only' }),
  }
  const app = await startApp({ env })
  try {
    const rooms: LeanRoomClient[] = []
    while (rooms.length < ROOMS) {
      const first = new LeanRoomClient(app.origin)
      await first.create()
      for (let count = 0; count < TOGETHER; count += 1) {
        const room = Object.assign(new LeanRoomClient(app.origin), {
          id: first.id,
          key: first.key,
          ida: first.ida,
        })
        await room.addRoom()
        await room.join()
        await room.host({ type: 'go-to', question: 'q1' })
        rooms.push(room)
      }
    }
    const live = await Promise.all(rooms.map((room) => connect(room)))
    console.log(
      `${ROOMS} rooms, ${live.length * 2} streams open, ${database === undefined ? 'JSON files' : 'PostgreSQL'}`,
    )
    const samples: Sample[] = []
    const sampler = setInterval(() => {
      void memoryOf(app).then((rss = 0) => samples.push({ at: Date.now(), rss }))
    }, 1_000)
    const toHost: number[] = []
    const toCandidate: number[] = []
    const until = Date.now() + SECONDS * 1_000
    await Promise.all(live.map((room, index) => use(room, index, until, { toHost, toCandidate })))
    clearInterval(sampler)
    report('candidate to interviewer', toHost)
    report('interviewer to candidate', toCandidate)
    const [first, last] = [samples[Math.floor(samples.length / 4)], samples.at(-1)]
    console.log(`memory: ${mb(first?.rss)} a quarter in, ${mb(last?.rss)} at the end`)
    if (database === undefined) console.log(`files: ${await filesOf(app.dataDir)}`)
    for (const { streams } of live) for (const stream of streams) stream.close()
  } finally {
    await app.stop()
    await app.remove()
  }
}

async function connect(room: LeanRoomClient) {
  const [host, seat] = await Promise.all([room.hostStream(), room.seatStream()])
  return { room, host, seat, streams: [host, seat], writer: new Writer() }
}

type Live = Awaited<ReturnType<typeof connect>>

async function use(
  { room, host, seat, writer }: Live,
  index: number,
  until: number,
  { toHost, toCandidate }: { toHost: number[]; toCandidate: number[] },
): Promise<void> {
  // Spread over the second, as people are.
  await sleep((index * 1_000) / ROOMS)
  for (let turn = 0; Date.now() < until; turn += 1) {
    const began = performance.now()
    if (turn % 4 === 3) {
      const paused = turn % 8 === 3
      const before = seat.messages.length
      await room.host({ type: paused ? 'pause' : 'resume' })
      await seat.until((message) => message.kind === 'view', before)
      toCandidate.push(performance.now() - began)
    } else {
      const update = writer.type(`word ${turn} `)
      const heard = host.until(
        (message) => message.kind === 'text' && message.update === update,
        host.messages.length,
      )
      await room.seat({ type: 'write', question: 'q1', update })
      await heard
      toHost.push(performance.now() - began)
    }
    await sleep(Math.max(0, 1_000 - (performance.now() - began)))
  }
}

function report(what: string, times: readonly number[]): void {
  const at = (percent: number): string => percentile(times, percent).toFixed(1)
  console.log(`${what}: ${times.length} events, p50 ${at(50)} ms, p99 ${at(99)} ms, slowest ${at(100)} ms`)
}

function mb(bytes = 0): string {
  return `${Math.round(bytes / 1e6)} MB`
}

async function filesOf(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true })
  let [count, bytes] = [0, 0]
  for (const name of names) {
    const about = await stat(join(folder, name)).catch(() => null)
    if (about?.isFile() !== true) continue
    count += 1
    bytes += about.size
  }
  return `${count}, ${mb(bytes)}`
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
