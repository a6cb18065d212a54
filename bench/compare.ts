import { setTimeout as sleep } from 'node:timers/promises'
import type { Pace } from './bench.ts'
import { load, warmUp, type Asked, type Demand, type Window } from './load.ts'
import type { FixedAnswer } from './serve-bare.ts'
import type { Bare, Original, Server, Twin } from './servers.ts'
import { median } from './statistics.ts'
import { demandOf, WORK, type Work } from './work.ts'

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

interface Contestant {
  origin: string
  prepare: () => Promise<Demand>
  windows: Window[]
}

/** Each kind of work on each server, in an order that turns from round to round. */
export async function compare(
  servers: { bare: Bare; twin: Twin; original: Original | null },
  pace: Pace,
): Promise<Compared[]> {
  const compared: Compared[] = []
  for (const work of WORK) {
    console.error(work.name)
    compared.push(await compareOn(work, servers, pace))
  }
  return compared
}

async function compareOn(
  work: Work,
  { bare, twin, original }: Parameters<typeof compare>[0],
  pace: Pace,
): Promise<Compared> {
  // `node:http` has no users: it is asked what the twin is asked, and sends the very bytes that the twin does.
  const ofBare = contestant(work, bare, twin)
  const ofTwin = contestant(work, twin)
  const ofOriginal = original ? contestant(work, original) : undefined
  await bare.answerWith(await answerOf(ofTwin))

  const all = [ofBare, ofTwin, ...(ofOriginal ? [ofOriginal] : [])]
  for (const each of all) {
    // Hashing makes few answers, and nearly all of their time is spent in code that each of them warms.
    if (work.hashes) await measure(each, work, pace.warmUp)
    else await warmUp(each.origin, await each.prepare(), pace.warmUp)
  }
  for (let round = 0; round < pace.rounds; round += 1) {
    const first = round % all.length
    for (const each of [...all.slice(first), ...all.slice(0, first)]) {
      each.windows.push(await measure(each, work, work.hashes ? pace.hashing : pace.seconds))
    }
  }
  return {
    work: work.name,
    bare: figuresOf(ofBare),
    twin: figuresOf(ofTwin),
    original: ofOriginal && figuresOf(ofOriginal),
  }
}

/** @param asked the server that the requests are made for */
function contestant(work: Work, server: Server, asked: Server = server): Contestant {
  return { origin: server.origin, prepare: () => demandOf(work, asked), windows: [] }
}

async function measure({ origin, prepare }: Contestant, work: Work, seconds: number): Promise<Window> {
  const window = await load(origin, await prepare(), seconds)
  if (work.hashes) await sleep(SETTLING)
  return window
}

async function answerOf({ origin, prepare }: Contestant): Promise<FixedAnswer> {
  const { ask } = await prepare()
  const { path, ...request }: Asked = typeof ask === 'function' ? ask() : ask
  const answer = await fetch(origin + path, request)
  const type = answer.headers.get('Content-Type') ?? ''
  return { status: answer.status, type, body: await answer.text() }
}

function figuresOf({ windows }: Contestant): Figures {
  return {
    rate: median(windows.map(({ rate }) => rate)),
    p50: median(windows.map(({ p50 }) => p50)),
    p99: median(windows.map(({ p99 }) => p99)),
  }
}
