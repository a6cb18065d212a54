import { availableParallelism, loadavg } from 'node:os'
import { BenchFault } from './bench-fault.ts'
import { buildServers } from './build-servers.ts'
import { compare, type Compared } from './compare.ts'
import { lab, type LabFigures } from './lab.ts'
import { inMarkdown, save } from './report.ts'
import { startBare, startOriginal, startTwin, type Server } from './servers.ts'
import { tracing, type TracingCost } from './tracing.ts'

/** How long everything is measured; all but the rounds in seconds. */
export interface Pace {
  warmUp: number
  seconds: number
  /** A window of work that hashes passwords. */
  hashing: number
  rounds: number
  /** With and without traces: so many pairs of processes, and so many rounds with each pair. */
  tracing: { pairs: number; rounds: number; warmUp: number; seconds: number }
}

export interface Report {
  date: string
  machine: {
    cpus: number
    node: string
    python: string | null
    fastapi: string | null
    uvicorn: string | null
  }
  /** Processes that wanted to run when it began, the mean of a minute: above 0.5 a core, others disturb the figures. */
  loadBefore: number
  pace: Pace
  compared?: Compared[]
  lab?: LabFigures[]
  tracing?: TracingCost[]
}

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

/**
 * Measures and prints tables.
 * @param args names of parts, all without one; `--short`; `--save` writes `bench/results/`
 * @throws {BenchFault} for an unknown argument, or figures that would compare different work
 */
export async function bench(args: string[]): Promise<void> {
  const unknown = args.find((arg) => ![...PARTS, '--short', '--save'].includes(arg))
  if (unknown !== undefined) {
    throw new BenchFault(`${unknown} is none of ${PARTS.join(', ')}, --short, --save.`)
  }
  const wanted = PARTS.filter((part) => args.includes(part) || !PARTS.some((each) => args.includes(each)))
  const pace = args.includes('--short') ? PACES.short : PACES.full
  const report: Report = {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      cpus: availableParallelism(),
      node: process.versions.node,
      python: null,
      fastapi: null,
      uvicorn: null,
    },
    loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    pace,
  }
  await buildServers()
  if (wanted.includes('compare') || wanted.includes('lab')) await besideEachOther(wanted, report)
  if (wanted.includes('tracing')) report.tracing = await tracing(pace)
  console.log(inMarkdown(report))
  if (args.includes('--save')) await save(report)
}

/** All three servers run from the first window to the last, so that whatever else the machine does meets them all. */
async function besideEachOther(wanted: string[], report: Report): Promise<void> {
  const running: Server[] = []
  try {
    const bare = await startBare()
    running.push(bare)
    const twin = await startTwin('traced', 'bare')
    running.push(twin)
    const original = await startOriginal()
    if (original) {
      running.push(original)
      const { python, packages } = original.versions
      Object.assign(report.machine, { python, fastapi: packages['fastapi'], uvicorn: packages['uvicorn'] })
    }
    if (wanted.includes('compare')) report.compared = await compare({ bare, twin, original }, report.pace)
    if (wanted.includes('lab')) report.lab = await lab({ twin, original })
  } finally {
    await Promise.all(running.map((server) => server.stop()))
  }
}
