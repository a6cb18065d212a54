import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { startApp } from '../e2e/support/app.ts'
import { memoryOf } from '../e2e/support/process-usage.ts'
import { Writer } from '../server/interview/testing/room-client.ts'
import { LeanRoomClient } from './lean-room-client.ts'
import { SoakUser, type Kind } from './soak-user.ts'
import { soakPlot, type Second } from './soak-plot.ts'
import { percentile } from './statistics.ts'

const USERS = 200
const ROOMS = 20
/** Of a hundred reads, 99 must be faster. */
const MAX_READ_P99_MS = 50
/** How much more memory the last fifth of the run may use than the second fifth, as a fraction. */
const MAX_GROWTH = 0.1

interface TimedResponse {
  kind: Kind
  ms: number
  status: number
}

/**
 * `npm run bench:soak -- [--seconds 300] [--save]`: 200 users, each with a sandbox, read, create, log in and open traces. Meanwhile candidates
 * write in 20 interview rooms, with both sides' streams open.
 * @returns 1 when a guarantee was broken
 */
export async function soak(args: readonly string[]): Promise<number> {
  const seconds = Number(args[args.indexOf('--seconds') + 1] || 300) || 300
  const app = await startApp({ env: { RATE_LIMIT: '0', INTERVIEW_MB_PER_HOUR: '1000000' } })
  try {
    const users: SoakUser[] = []
    while (users.length < USERS) users.push(await SoakUser.arrive(app.origin))
    const rooms = await openRooms(app.origin)
    console.log(`${USERS} users, ${ROOMS} rooms with ${ROOMS * 2} event streams, ${seconds} seconds`)

    const all: TimedResponse[] = []
    let recent: TimedResponse[] = []
    const history: Second[] = []
    const until = Date.now() + seconds * 1_000
    const onResponse = (kind: Kind, ms: number, status: number): void => {
      const response = { kind, ms, status }
      all.push(response)
      recent.push(response)
    }
    const sampler = setInterval(() => {
      const [reads, requests] = [readsOf(recent), recent.length]
      recent = []
      // At the end there may be a second without reads.
      if (reads.length === 0) return
      void memoryOf(app).then((rss = 0) =>
        history.push({ requests, p50: percentile(reads, 50), p99: percentile(reads, 99), rss }),
      )
    }, 1_000)
    await Promise.all([
      ...users.map((user) => user.live(until, onResponse)),
      ...rooms.map(({ room, writer }) => write(room, writer, until)),
    ])
    clearInterval(sampler)
    for (const { streams } of rooms) for (const stream of streams) stream.close()
    return await verdict(all, history, args.includes('--save'))
  } finally {
    await app.stop()
    await app.remove()
  }
}

async function openRooms(origin: string) {
  const rooms = []
  for (let count = 0; count < ROOMS; count += 1) {
    const room = new LeanRoomClient(origin)
    await room.open()
    await room.host({ type: 'go-to', question: 'q1' })
    rooms.push({ room, writer: new Writer(), streams: [await room.hostStream(), await room.seatStream()] })
  }
  return rooms
}

async function write(room: LeanRoomClient, writer: Writer, until: number): Promise<void> {
  while (Date.now() < until) {
    const { status, text } = await room.seat({ type: 'write', question: 'q1', update: writer.type('word ') })
    if (status !== 200) throw new Error(`a room responded with ${status}: ${text}`)
    await new Promise((resume) => setTimeout(resume, 2_000))
  }
}

async function verdict(
  all: readonly TimedResponse[],
  history: readonly Second[],
  save: boolean,
): Promise<number> {
  const kinds: Kind[] = ['read', 'own', 'trace', 'create', 'login']
  for (const kind of kinds) {
    const times = all.filter((one) => one.kind === kind).map(({ ms }) => ms)
    const [p50, p99] = [percentile(times, 50), percentile(times, 99)]
    console.log(
      `${kind.padEnd(8)} ${times.length} responses, p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
    )
  }
  const fifth = Math.floor(history.length / 5)
  const early = mean(history.slice(fifth, 2 * fifth).map(({ rss }) => rss))
  const late = mean(history.slice(-fifth).map(({ rss }) => rss))
  const failures = all.filter(({ status }) => status >= 500).length
  const refused = all.filter(({ status }) => status >= 400 && status < 500).length
  const readP99 = percentile(readsOf(all), 99)
  const rows: [guarantee: string, figure: string, held: boolean][] = [
    ['no 5xx response', `${failures} of ${all.length}`, failures === 0],
    ['no 4xx response: the load sends only valid requests', `${refused}`, refused === 0],
    [`p99 of a read under ${MAX_READ_P99_MS} ms`, `${readP99.toFixed(1)} ms`, readP99 < MAX_READ_P99_MS],
    [
      'memory is flat: the last fifth uses at most a tenth more than the second',
      `${mb(early)} and ${mb(late)}`,
      late < early * (1 + MAX_GROWTH),
    ],
  ]
  for (const [guarantee, figure, held] of rows)
    console.log(`${held ? 'held' : 'BROKEN'}: ${guarantee}: ${figure}`)
  if (save) {
    const folder = resolve(import.meta.dirname, '..')
    await writeFile(resolve(folder, 'docs/soak.svg'), soakPlot(history))
    const saved = { date: new Date().toISOString().slice(0, 10), users: USERS, rooms: ROOMS, rows, history }
    await writeFile(resolve(folder, 'bench/results/soak.json'), `${JSON.stringify(saved)}\n`)
  }
  return rows.every(([, , held]) => held) ? 0 : 1
}

function readsOf(answers: readonly TimedResponse[]): number[] {
  return answers.filter(({ kind }) => kind === 'read').map(({ ms }) => ms)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`
}
