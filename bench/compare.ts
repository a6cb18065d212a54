import { setTimeout as sleep } from 'node:timers/promises'
import type { Pace } from './pace.ts'
import { load, warmUp, type Demand, type Request, type Window } from './load.ts'
import type { FixedAnswer } from './serve-bare.ts'
import type { Bare, Server } from './servers.ts'
import { median } from './statistics.ts'
import { demandOf, WORK, type Work } from './work.ts'

/** The servers that are compared, in the order of the tables. */
export const CONTENDERS = [
  'node:http',
  'twin',
  'twin without traces',
  'uvicorn',
  'uvicorn[standard]',
] as const
export type Contender = (typeof CONTENDERS)[number]

/** Medians over the rounds. */
export interface Figures {
  /** Responses per second. */
  rate: number
  /** Milliseconds. */
  p50: number
  p99: number
  /** Responses per second in each round. */
  rates: number[]
}

export interface Compared {
  work: string
  /** `uvicorn` is absent on a machine without Python, `node:http` where passwords are hashed. */
  figures: Partial<Record<Contender, Figures>>
}

interface Servers {
  bare: Bare
  /** The server whose responses `node:http` sends. */
  twin: Server
  /** The servers that compute their own responses. */
  app: Partial<Record<Contender, Server>>
}

/** A request that is still being hashed when its window ends must not slow the next server down. */
const SETTLING_MS = 700

interface Entrant {
  name: Contender
  origin: string
  prepare: () => Promise<Demand>
  windows: Window[]
}

/** Measures each kind of work on each server; the order rotates from round to round. */
export async function compare(servers: Servers, pace: Pace): Promise<Compared[]> {
  const compared: Compared[] = []
  for (const work of WORK) {
    console.error(work.name)
    compared.push(await compareOn(work, servers, pace))
  }
  return compared
}

/** Roughly how many seconds `compare` takes. */
export function secondsOfComparing({ warmUp, seconds, hashing, rounds }: Pace): number {
  const hashed = WORK.filter(({ hashes }) => hashes).length
  const settled = SETTLING_MS / 1_000
  const plainWork = CONTENDERS.length * (2 * warmUp + rounds * seconds)
  const hashedWork = (CONTENDERS.length - 1) * (warmUp + settled + rounds * (hashing + settled))
  return (WORK.length - hashed) * plainWork + hashed * hashedWork
}

async function compareOn(work: Work, { bare, twin, app }: Servers, pace: Pace): Promise<Compared> {
  const entrants = CONTENDERS.flatMap((name) => {
    const server = app[name]
    return server === undefined ? [] : [entrant(name, work, server)]
  })
  if (!work.hashes) {
    // `node:http` has no users: it gets the twin's requests and sends exactly the bytes that the twin sends.
    await bare.answerWith(await answerOf(entrant('twin', work, twin)))
    entrants.unshift(entrant('node:http', work, bare, twin))
  }
  for (const each of entrants) {
    // Work that hashes gives few responses, and nearly all of their time is spent in code that is warm after the first.
    if (work.hashes) await measure(each, work, pace.warmUp)
    else await warmUp(each.origin, await each.prepare(), pace.warmUp)
  }
  for (let round = 0; round < pace.rounds; round += 1) {
    const first = round % entrants.length
    for (const each of [...entrants.slice(first), ...entrants.slice(0, first)]) {
      each.windows.push(await measure(each, work, work.hashes ? pace.hashing : pace.seconds))
    }
  }
  const figures = entrants.map((each) => [each.name, figuresOf(each)] as const)
  return { work: work.name, figures: Object.fromEntries(figures) }
}

/** @param target the server that the requests are prepared for */
function entrant(name: Contender, work: Work, server: Server, target: Server = server): Entrant {
  return { name, origin: server.origin, prepare: () => demandOf(work, target), windows: [] }
}

async function measure({ origin, prepare }: Entrant, work: Work, seconds: number): Promise<Window> {
  const window = await load(origin, await prepare(), seconds)
  if (work.hashes) await sleep(SETTLING_MS)
  return window
}

async function answerOf({ origin, prepare }: Entrant): Promise<FixedAnswer> {
  const { request: prepared } = await prepare()
  const { path, ...request }: Request = typeof prepared === 'function' ? prepared() : prepared
  const answer = await fetch(origin + path, request)
  const type = answer.headers.get('Content-Type') ?? ''
  return { status: answer.status, type, body: await answer.text() }
}

function figuresOf({ windows }: Entrant): Figures {
  const rates = windows.map(({ rate }) => rate)
  return {
    rate: median(rates),
    rates,
    p50: median(windows.map(({ p50 }) => p50)),
    p99: median(windows.map(({ p99 }) => p99)),
  }
}
