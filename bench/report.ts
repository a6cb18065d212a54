import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { CONTENDERS, type Compared, type Contender, type Figures } from './compare.ts'
import type { LabFigures } from './lab.ts'
import { QUIET } from './quiet.ts'
import { median, type Quartiles } from './statistics.ts'
import type { TracingCost } from './tracing.ts'
import type { Pace } from './pace.ts'

export interface Report {
  date: string
  machine: {
    cpus: number
    node: string
    python: string | null
    fastapi: string | null
    uvicorn: string | null
    uvloop: string | null
    httptools: string | null
  }
  /** How many cores others kept busy before the run and after it. */
  busyCores: { before: number; after: number }
  pace: Pace
  compared?: Compared[]
  lab?: LabFigures[]
  tracing?: TracingCost[]
}

const RESULTS = join(import.meta.dirname, 'results')

/** The tables as Markdown. */
export function inMarkdown(report: Report): string {
  const { date, machine, busyCores, compared, lab, tracing } = report
  const { cpus, node, python, fastapi, uvicorn, uvloop, httptools } = machine
  const packages = `FastAPI ${fastapi}, uvicorn ${uvicorn}, uvloop ${uvloop}, httptools ${httptools}`
  const original = python ? `Python ${python}, ${packages}` : 'no Python original'
  const { before, after } = busyCores
  return [
    `${date}, ${cpus} cores, Node ${node}, ${original}. Other processes kept ${before.toFixed(2)} cores busy before the run, and ${after.toFixed(2)} after it.`,
    ...(Math.max(before, after) > QUIET ? ['**Provisional: other processes were using this machine.**'] : []),
    ...(compared ? [comparedTable(compared)] : []),
    ...(lab ? [labTable(lab)] : []),
    ...(tracing ? [tracingTable(tracing)] : []),
  ].join('\n\n')
}

/** Writes the tables and their figures to `bench/results/`, replacing the previous ones. */
export async function save(report: Report): Promise<void> {
  await mkdir(RESULTS, { recursive: true })
  const figures = JSON.stringify(report, (_, value: unknown) =>
    typeof value === 'number' ? shown(value) : value,
  )
  const files = {
    'latest.md': `# Measured by \`npm run bench -- --save\`\n\n${inMarkdown(report)}\n`,
    'latest.json': figures,
  }
  for (const [name, text] of Object.entries(files)) {
    const filepath = join(RESULTS, name)
    await writeFile(filepath, await format(text, { ...(await resolveConfig(filepath)), filepath }))
  }
}

function comparedTable(compared: readonly Compared[]): string {
  const names = CONTENDERS.filter((name) => compared.some(({ figures }) => name in figures))
  const rows = compared.map(({ work, figures }) => [work, ...names.map((name) => inWords(figures[name]))])
  return `Responses per second (p50 / p99 in ms):\n\n${table(['', ...names.map(code)], rows)}\n\n${ratioTable(compared)}`
}

/** The pairs whose rates are divided. */
const RATIOS: readonly [Contender, Contender][] = [
  ['twin', 'node:http'],
  ['twin', 'uvicorn'],
  ['twin', 'uvicorn[standard]'],
  ['twin without traces', 'uvicorn[standard]'],
]

function ratioTable(compared: readonly Compared[]): string {
  const rows = compared.map(({ work, figures }) => [
    work,
    ...RATIOS.map(([one, other]) => ratio(figures[one], figures[other])),
  ])
  const heads = RATIOS.map(([one, other]) => `${code(one)} : ${code(other)}`)
  return `One rate divided by another, the median of all rounds:\n\n${table(['', ...heads], rows)}`
}

function labTable(lab: readonly LabFigures[]): string {
  const names = CONTENDERS.filter((name) => lab.some(({ bursts }) => name in bursts))
  const rows = lab.map(({ way, ms, least, bursts }) => [
    `\`/lab/wait/${way}?ms=${ms}\``,
    `${least} ms`,
    ...names.map((name) => {
      const burst = bursts[name]
      return burst ? `${burst.peak}, ${Math.round(burst.total)} ms` : '–'
    }),
  ])
  const heads = ['', 'at least', ...names.map(code)]
  return `60 calls at once: the largest number of handlers that ran at the same time, and the time until the last response:\n\n${table(heads, rows)}`
}

function tracingTable(costs: readonly TracingCost[]): string {
  const rows = costs.map(({ work, traced, untraced, processor, cost }) => [
    work,
    String(shown(traced)),
    String(shown(untraced)),
    withSpread(cost.rate),
    `${Math.round(processor.traced)} µs, ${Math.round(processor.untraced)} µs`,
    withSpread(cost.processor),
  ])
  const heads = ['', 'traced', 'untraced', 'cost', 'CPU time per response', 'cost in CPU time']
  return `Responses per second with and without traces; for each cost the median and the interquartile range over all pairs of windows:\n\n${table(heads, rows)}`
}

function inWords(figures: Figures | undefined): string {
  if (figures === undefined) return '–'
  const { rate, p50, p99 } = figures
  return `${shown(rate)} (${shown(p50)} / ${shown(p99)})`
}

/** Divides consecutive windows, so that other load on the machine affected both sides. */
function ratio(one: Figures | undefined, other: Figures | undefined): string {
  if (one === undefined || other === undefined) return '–'
  return median(one.rates.map((rate, round) => rate / (other.rates[round] ?? NaN))).toFixed(2)
}

/** Names of programs are set as code. */
function code(name: Contender): string {
  return name.startsWith('twin') ? name : `\`${name}\``
}

function withSpread({ low, middle, high }: Quartiles): string {
  return `${percent(middle)} (${percent(low)} to ${percent(high)})`
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}

/** Rounded to three digits, which is more than such figures deserve. */
function shown(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  )
}
