import { readdir, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startApp } from '../e2e/support/app.ts'
import { memoryOf } from '../e2e/support/process-usage.ts'
import { Writer } from '../server/interview/testing/room-client.ts'
import { LeanRoomClient } from './lean-room-client.ts'
import { roomsText, saveRooms, type RoomsRun, type Times } from './rooms-report.ts'
import { percentile } from './statistics.ts'

/**
 * `npm run bench:rooms -- [--short] [--save] [--postgres postgres://…]`: rooms with both sides connected to one app. Once a second each
 * room does something, three times of four the candidate types, else the interviewer pauses or resumes; measured is the time from sending the command to its effect in the other side's stream.
 */
const short = process.argv.includes('--short')
const ROOMS = short ? 50 : 500
const SECONDS = short ? 10 : 60
/** The most that an interview may have. */
const ROOMS_PER_INTERVIEW = 50

interface Sample {
  rss: number
}

/** @param database the URL of a PostgreSQL database; without it, JSON files are measured */
export async function benchRooms(database: string | undefined, save: boolean): Promise<void> {
  const env = {
    RATE_LIMIT: '0',
    INTERVIEW_MB_PER_HOUR: '1000000',
    CONNECTION_LIMIT: '0',
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
      for (let count = 0; count < ROOMS_PER_INTERVIEW; count += 1) {
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
    const samples: Sample[] = []
    const sampler = setInterval(() => {
      void memoryOf(app).then((rss = 0) => samples.push({ rss }))
    }, 1_000)
    const toHost: number[] = []
    const toCandidate: number[] = []
    const until = Date.now() + SECONDS * 1_000
    await Promise.all(live.map((room, index) => use(room, index, until, { toHost, toCandidate })))
    clearInterval(sampler)
    const [first, last] = [samples[Math.floor(samples.length / 4)], samples.at(-1)]
    const run: RoomsRun = {
      date: new Date().toISOString().slice(0, 10),
      machine: `${availableParallelism()} cores, Node ${process.versions.node}`,
      storage: database === undefined ? 'JSON files' : await aboutDatabase(database),
      rooms: ROOMS,
      seconds: SECONDS,
      times: [timesOf('candidate to interviewer', toHost), timesOf('interviewer to candidate', toCandidate)],
      notes: [
        `Memory of the server: ${mb(first?.rss)} after a quarter of the time, ${mb(last?.rss)} at the end.`,
        ...(database === undefined ? [`Files: ${await filesOf(app.dataDir)}.`] : []),
      ],
    }
    console.log(roomsText(run))
    if (save) await saveRooms(database === undefined ? 'files' : 'postgres', run)
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
  // Spread over the second, as real users are.
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
      const received = host.until(
        (message) => message.kind === 'text' && message.update === update,
        host.messages.length,
      )
      await room.seat({ type: 'write', question: 'q1', update })
      await received
      toHost.push(performance.now() - began)
    }
    await sleep(Math.max(0, 1_000 - (performance.now() - began)))
  }
}

function timesOf(event: string, times: readonly number[]): Times {
  const [p50, p99, slowest] = [50, 99, 100].map((percent) => percentile(times, percent))
  return { event, count: times.length, p50: p50 ?? NaN, p99: p99 ?? NaN, slowest: slowest ?? NaN }
}

/** The version and the durability settings: without flushing to disk a database is faster than files that do flush. */
async function aboutDatabase(connectionString: string): Promise<string> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  const names = ['server_version', 'fsync', 'synchronous_commit']
  const values: string[] = []
  for (const name of names) {
    const { rows } = await client.query<Record<string, string>>(`SHOW ${name}`)
    values.push(rows[0]?.[name] ?? '?')
  }
  await client.end()
  return `PostgreSQL ${values[0]}, fsync ${values[1]}, synchronous_commit ${values[2]}`
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
