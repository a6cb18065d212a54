import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { writeBio, writersOfNewSandbox, type Writer } from '../e2e/support/api.ts'
import { startApp, type App } from '../e2e/support/app.ts'
import { seededRows } from '../server/project/seed.ts'
import { openFiles } from '../server/storage/files/open-files.ts'
import { median, quartiles } from './statistics.ts'

const COUNTS = [10, 1_000, 10_000]
/** Sandboxes with writes, each by its three people at once. */
const BUSY_SANDBOXES = 5
const ROUNDS = 15
const WINDOW_MS = 700
const FILE = resolve(import.meta.dirname, 'results/storage.md')

interface Measured {
  count: number
  app: App
  writers: Writer[]
  /** Writes per second, one number for each round. */
  rates: number[]
}

/**
 * `npm run bench:storage -- [--save]`: whether writes get slower with the number of sandboxes. One app for each number of sandboxes,
 * all measured in turns, so that other load on the machine affects each of them.
 */
export async function benchStorage(save: boolean): Promise<void> {
  const measured: Measured[] = []
  const folders: string[] = []
  try {
    for (const count of COUNTS) {
      const dataDir = await mkdtemp(join(tmpdir(), 'viva-bench-'))
      folders.push(dataDir)
      await fill(dataDir, count - BUSY_SANDBOXES)
      const app = await startApp({ dataDir, env: { RATE_LIMIT: '0' } })
      const busy = await Promise.all(Array.from({ length: BUSY_SANDBOXES }, () => writersOfNewSandbox(app)))
      measured.push({ count, app, writers: busy.flat(), rates: [] })
    }
    for (const each of measured) await rateOf(each)
    for (let round = 0; round < ROUNDS; round += 1) {
      // Each app is equally often the first of a round.
      for (let turn = 0; turn < measured.length; turn += 1) {
        const each = measured[(round + turn) % measured.length]
        each?.rates.push(await rateOf(each))
      }
    }
  } finally {
    for (const { app } of measured) await app.remove()
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  }
  const table = tableOf(measured)
  console.log(table)
  if (save) {
    const config = { ...(await resolveConfig(FILE)), filepath: FILE }
    await writeFile(FILE, await format(`${headOf()}\n\n${table}\n`, config))
  }
}

async function fill(dataDir: string, count: number): Promise<void> {
  const storage = await openFiles({ dataDir, seed: seededRows })
  for (let created = 0; created < count; created += 100) {
    await Promise.all(Array.from({ length: Math.min(100, count - created) }, () => storage.create()))
  }
  await storage.close()
}

/** Every writer changes their own row over and over for one window. @returns acknowledged writes per second */
async function rateOf({ app, writers }: Measured): Promise<number> {
  const began = performance.now()
  let writes = 0
  await Promise.all(
    writers.map(async (writer) => {
      while (performance.now() - began < WINDOW_MS) {
        const answer = await writeBio(app, writer, `write ${writes}`)
        await answer.arrayBuffer()
        if (answer.status !== 200) throw new Error(`A write got status ${answer.status}.`)
        writes += 1
      }
    }),
  )
  return (writes * 1_000) / (performance.now() - began)
}

function tableOf(measured: readonly Measured[]): string {
  const [few] = measured
  const rows = measured.map(({ count, rates }) => {
    const { low, middle, high } = quartiles(rates.map((rate, round) => rate / (few?.rates[round] ?? NaN)))
    const ratio = [middle, low, high].map((each) => each.toFixed(2))
    return `| ${count} | ${Math.round(median(rates))} | ${ratio[0]} (${ratio[1]} to ${ratio[2]}) |`
  })
  const head = `| Sandboxes | Acknowledged writes per second, median | Relative to ${few?.count ?? 0} sandboxes, median and interquartile range |`
  return [head, '|---:|---:|---:|', ...rows].join('\n')
}

function headOf(): string {
  const when = new Date().toISOString().slice(0, 10)
  return (
    `# Writes by number of sandboxes\n\n${when}, ${availableParallelism()} cores, Node ${process.versions.node}: ` +
    `\`npm run bench:storage -- --save\`. ${BUSY_SANDBOXES * 3} people write in ${BUSY_SANDBOXES} sandboxes over HTTP, each write flushed to disk before the ` +
    `response; ${ROUNDS} rounds in turns.`
  )
}
