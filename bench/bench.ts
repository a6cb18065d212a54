import { availableParallelism } from 'node:os'
import { BenchFault } from './bench-fault.ts'
import { buildServers } from './build-servers.ts'
import { compare, secondsOfComparing, type Contender } from './compare.ts'
import { lab, secondsOfLab } from './lab.ts'
import type { Pace } from './pace.ts'
import { inMarkdown, save, type Report } from './report.ts'
import { busyCores, quietMachine } from './quiet.ts'
import { expectPrompt, startBare, startOriginals, startTwin, type Server } from './servers.ts'
import { secondsOfTracing, tracing } from './tracing.ts'

const PACES = {
  full: {
    warmUp: 1,
    seconds: 3,
    hashing: 6,
    rounds: 5,
    tracing: { pairs: 6, rounds: 8, warmUp: 1, seconds: 0.5 },
  },
  short: {
    warmUp: 0.5,
    seconds: 1,
    hashing: 2.5,
    rounds: 3,
    tracing: { pairs: 2, rounds: 6, warmUp: 0.5, seconds: 0.5 },
  },
}

const PARTS = ['compare', 'lab', 'tracing']
const SECONDS: Record<string, (pace: Pace) => number> = {
  compare: secondsOfComparing,
  lab: secondsOfLab,
  tracing: secondsOfTracing,
}

/**
 * Measures and prints tables.
 * @param args names of parts, by default all; `--short`; `--save`, which writes `bench/results/`
 * @throws {BenchFault} for an unknown argument, or if the servers did different work
 */
export async function bench(args: string[]): Promise<void> {
  const unknown = args.find((arg) => ![...PARTS, '--short', '--save'].includes(arg))
  if (unknown !== undefined) {
    throw new BenchFault(`Unknown argument ${unknown}: use ${PARTS.join(', ')}, --short or --save.`)
  }
  const wanted = PARTS.filter((part) => args.includes(part) || !PARTS.some((each) => args.includes(each)))
  const pace = args.includes('--short') ? PACES.short : PACES.full
  const seconds = wanted.reduce((sum, part) => sum + (SECONDS[part]?.(pace) ?? 0), 30)
  console.error(`${wanted.join(', ')}: about ${Math.ceil(seconds / 60)} minutes on a quiet machine.`)
  const report: Report = {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cpus: availableParallelism(),
      node: process.versions.node,
      python: null,
      fastapi: null,
      uvicorn: null,
      uvloop: null,
      httptools: null,
    },
    busyCores: { before: await quietMachine(), after: NaN },
    pace,
  }
  await buildServers()
  if (wanted.includes('compare') || wanted.includes('lab')) await measureServers(wanted, report)
  if (wanted.includes('tracing')) report.tracing = await tracing(pace)
  report.busyCores.after = await busyCores()
  console.log(inMarkdown(report))
  if (args.includes('--save')) await save(report)
}

/** All servers run from the first window to the last, so that other load on the machine affects all of them. */
async function measureServers(wanted: string[], report: Report): Promise<void> {
  const running: Server[] = []
  try {
    const bare = await startBare()
    running.push(bare)
    const twin = await startTwin('traced', 'quiet')
    running.push(twin)
    const untraced = await startTwin('untraced', 'quiet')
    running.push(untraced)
    const originals = await startOriginals()
    if (originals) {
      running.push(originals.plain, originals.standard)
      const { python, packages } = originals.standard.versions
      const { fastapi, uvicorn, uvloop, httptools } = packages
      Object.assign(report.machine, { python, fastapi, uvicorn, uvloop, httptools })
    }
    for (const server of running) await expectPrompt(server)
    const uvicorn: Partial<Record<Contender, Server>> =
      originals === null ? {} : { uvicorn: originals.plain, 'uvicorn[standard]': originals.standard }
    const app = { twin, 'twin without traces': untraced, ...uvicorn }
    if (wanted.includes('compare')) report.compared = await compare({ bare, twin, app }, report.pace)
    if (wanted.includes('lab')) report.lab = await lab({ twin, ...uvicorn })
  } finally {
    await Promise.all(running.map((server) => server.stop()))
  }
}
