import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Report } from './bench.ts'
import type { Compared, Figures } from './compare.ts'
import type { LabFigures } from './lab.ts'
import type { Quartiles } from './statistics.ts'
import type { TracingCost } from './tracing.ts'

const RESULTS = join(import.meta.dirname, 'results')

/** Tables for a person. */
export function inMarkdown(report: Report): string {
  const { date, machine, loadBefore, compared, lab, tracing } = report
  const { cpus, node, python, fastapi, uvicorn } = machine
  const original = python ? `Python ${python}, FastAPI ${fastapi}, uvicorn ${uvicorn}` : 'no Python original'
  const busy = loadBefore > cpus / 2
  return [
    `${date}, ${cpus} cores, Node ${node}, ${original}; load before the run ${loadBefore}.`,
    ...(busy ? ['**Provisional: other processes were using this machine.**'] : []),
    ...(compared ? [comparedTable(compared)] : []),
    ...(lab ? [labTable(lab)] : []),
    ...(tracing ? [tracingTable(tracing)] : []),
  ].join('\n\n')
}

/** Writes the tables and their figures to `bench/results/`, in place of the ones before. */
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
  const rows = compared.map(({ work, bare, twin, original }) => [
    work,
    inWords(bare),
    inWords(twin),
    original ? inWords(original) : '–',
    ratio(twin.rate, bare.rate),
    original ? ratio(twin.rate, original.rate) : '–',
  ])
  const heads = ['', '`node:http`', 'twin', 'original', 'twin : `node:http`', 'twin : original']
  return `Answers a second (p50 / p99 in ms):\n\n${table(heads, rows)}`
}

function labTable(lab: readonly LabFigures[]): string {
  const rows = lab.map(({ way, ms, least, twin, original }) => [
    `\`/lab/wait/${way}?ms=${ms}\``,
    `${least} ms`,
    `${twin.peak}, ${Math.round(twin.total)} ms`,
    original ? `${original.peak}, ${Math.round(original.total)} ms` : '–',
  ])
  const heads = ['', 'at least', 'twin', 'original']
  return `60 calls at once: the most handlers running at one moment, and the time until the last answer:\n\n${table(heads, rows)}`
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
  const heads = ['', 'traced', 'untraced', 'cost', 'processor time of an answer', 'cost by processor time']
  return `Answers a second with and without traces; of each cost the median and the middle half of all pairs of windows:\n\n${table(heads, rows)}`
}

function inWords({ rate, p50, p99 }: Figures): string {
  return `${shown(rate)} (${shown(p50)} / ${shown(p99)})`
}

function ratio(one: number, other: number): string {
  return one < other / 100 ? '< 0.01' : (one / other).toFixed(2)
}

function withSpread({ low, middle, high }: Quartiles): string {
  return `${percent(middle)} (${percent(low)} to ${percent(high)})`
}

function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}

/** Three digits are more than such figures hold. */
function shown(value: number): number {
  return value >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}

function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`
  return [line(heads), line(heads.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join(
    '\n',
  )
}
