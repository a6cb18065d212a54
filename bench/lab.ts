import { Agent, request } from 'node:http'
import { z } from 'zod'
import { peakOverlap } from '#contract/peak-overlap.ts'
import { BenchFault } from './bench-fault.ts'
import type { Contender } from './compare.ts'
import type { Server } from './servers.ts'

const CALLS = 60

/** `ms`: how long each call waits. `least`: the shortest time in which all calls can finish, in milliseconds. */
const WAYS = [
  { way: 'async', ms: 500, least: 500 },
  { way: 'threadpool', ms: 500, least: 2 * 500 },
  { way: 'blocking', ms: 50, least: CALLS * 50 },
] as const

export interface Burst {
  /** The largest number of handlers that ran at the same time, by their own clock. */
  peak: number
  /** Milliseconds from the first request to the last response. */
  total: number
}

export interface LabFigures {
  way: string
  ms: number
  least: number
  bursts: Partial<Record<Contender, Burst>>
}

const Wait = z.object({ started: z.number(), ended: z.number() })

/** Sends sixty calls at once for each way to wait. */
export async function lab(servers: Partial<Record<Contender, Server>>): Promise<LabFigures[]> {
  const figures: LabFigures[] = []
  for (const { way, ms, least } of WAYS) {
    const path = `/lab/wait/${way}`
    console.error(`${CALLS} × GET ${path}?ms=${ms}`)
    const bursts: LabFigures['bursts'] = {}
    for (const [name, server] of Object.entries(servers)) {
      // Both sides create their threads when they are first needed.
      await burst(server, `${path}?ms=1`)
      bursts[name as Contender] = await burst(server, `${path}?ms=${ms}`)
    }
    figures.push({ way, ms, least, bursts })
  }
  return figures
}

/** Roughly how many seconds `lab` takes with the twin and two originals. */
export function secondsOfLab(): number {
  return (3 * WAYS.reduce((sum, { least }) => sum + least + 300, 0)) / 1_000
}

async function burst({ origin }: Server, path: string): Promise<Burst> {
  const agent = new Agent({ maxSockets: CALLS })
  const began = performance.now()
  const waits = await Promise.all(Array.from({ length: CALLS }, () => get(agent, origin + path)))
  const total = performance.now() - began
  agent.destroy()
  return { peak: peakOverlap(waits), total }
}

function get(agent: Agent, url: string): Promise<z.infer<typeof Wait>> {
  return new Promise((resolve, reject) => {
    request(url, { agent }, async (response) => {
      try {
        let text = ''
        for await (const chunk of response) text += String(chunk)
        if (response.statusCode !== 200) throw new BenchFault(`${url}: ${response.statusCode} ${text}`)
        resolve(Wait.parse(JSON.parse(text)))
      } catch (error) {
        reject(error)
      }
    })
      .on('error', reject)
      .end()
  })
}
