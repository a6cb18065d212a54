import { setTimeout as sleep } from 'node:timers/promises'
import type { Pace } from './bench.ts'
import { load, warmUp, type Asked, type Window } from './load.ts'
import type { Bare, Original, Server, Twin } from './servers.ts'
import { median } from './statistics.ts'
import { WORK, type Work } from './work.ts'

/** Medians over the rounds. */
export interface Figures {
  /** Answers a second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
}

export interface Compared {
  work: string
  bare: Figures
  twin: Figures
  /** Absent on a machine without Python. */
  original?: Figures
}

/** A request that is still being hashed when its window ends must not slow the next server down. */
const SETTLING = 700

/** Each kind of work on each server, in an order that turns from round to round. */
export async function compare(
  servers: { bare: Bare; twin: Twin; original: Original | null },
  pace: Pace,
): Promise<Compared[]> {
  const { bare, twin, original } = servers
  const compared: Compared[] = []
  for (const work of WORK) {
    console.error(work.name)
    await bare.answerWith(await answerOf(twin, work))
    const contestants: Server[] = original ? [bare, twin, original] : [bare, twin]
    const windows = new Map<Server, Window[]>(contestants.map((server) => [server, []]))
    const seconds = work.hashes ? pace.hashing : pace.seconds
    for (const server of contestants) await prepareFor(server, work, pace.warmUp)
    for (let round = 0; round < pace.rounds; round += 1) {
      const first = round % contestants.length
      for (const server of [...contestants.slice(first), ...contestants.slice(0, first)]) {
        windows.get(server)?.push(await measure(server, work, seconds))
      }
    }
    const [ofBare, ofTwin, ofOriginal] = [...windows.values()].map(figuresOf)
    if (ofBare && ofTwin) compared.push({ work: work.name, bare: ofBare, twin: ofTwin, original: ofOriginal })
  }
  return compared
}

/** Hashing makes few answers, and nearly all of their time is spent in code that each of them warms. */
async function prepareFor(server: Server, work: Work, seconds: number): Promise<void> {
  if (work.hashes) await measure(server, work, seconds)
  else await warmUp(server.origin, await work.prepare(server), work.status, seconds)
}

async function measure(server: Server, work: Work, seconds: number): Promise<Window> {
  const window = await load(server.origin, await work.prepare(server), work.status, seconds)
  if (work.hashes) await sleep(SETTLING)
  return window
}

/** `node:http` sends the very bytes that the twin does. */
async function answerOf(twin: Twin, work: Work): Promise<{ status: number; type: string; body: string }> {
  const ask = await work.prepare(twin)
  const { path, ...request }: Asked = typeof ask === 'function' ? ask() : ask
  const answer = await fetch(twin.origin + path, request)
  const type = answer.headers.get('Content-Type') ?? ''
  return { status: answer.status, type, body: await answer.text() }
}

function figuresOf(windows: readonly Window[]): Figures {
  return {
    rate: median(windows.map(({ rate }) => rate)),
    p50: median(windows.map(({ p50 }) => p50)),
    p99: median(windows.map(({ p99 }) => p99)),
  }
}
