import { rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { format, resolveConfig } from 'prettier'
import { loadDeck } from '../../deck/load.ts'
import { keysFileOf, type StoredKeys } from '../../deck/practice/read.ts'
import { buildWorkers } from '../../vite/workers.ts'
import { serveWithFault } from '../claims-mutate/serve-with-fault.ts'
import { runPractice, type LessonRuns } from './check-practice.ts'

const USAGE =
  'npm run practice -- [--lesson=NN] [--save]: NN is the number of a lesson, or several, with commas'

/**
 * Runs every quiz whose key a run finds and every task against the app, and prints what is wrong, in sentences.
 * @param args `--lesson=NN`: only these; `--save`: writes `practice.keys.json` of the lessons that were run
 * @returns the exit code: 0 when all is well, 1 when something is wrong, 2 for arguments that it doesn't know
 */
export async function practice(args: string[]): Promise<number> {
  const numbers = args
    .find((arg) => arg.startsWith('--lesson='))
    ?.slice('--lesson='.length)
    .split(',')
    .map(Number)
  if (args.some((arg) => !/^--(save|lesson=\d+(,\d+)*)$/.test(arg))) {
    console.error(USAGE)
    return 2
  }
  const folder = process.env['CONTENT_DIR'] ?? 'content/lessons'
  const deck = await loadDeck(folder, process.cwd(), { withoutRuns: true })
  const lessons = deck.filter(({ number }) => numbers?.includes(number) ?? true)
  await buildWorkers()
  const app = await serveWithFault(null)
  const runs: LessonRuns[] = []
  try {
    // One after another: bursts of two lessons would share the threads of the process.
    for (const lesson of lessons) runs.push(await runPractice(app.origin, lesson))
  } finally {
    await app.close()
  }
  if (args.includes('--save')) {
    for (const { lesson, keys } of runs) await save(resolve(folder, lesson.slug), keys)
  }
  const problems = runs.flatMap((run) => run.problems)
  for (const problem of problems) console.error(problem)
  const tasks = lessons.flatMap((lesson) => lesson.practice.tasks)
  const keys = runs.flatMap((run) => Object.keys(run.keys))
  console.log(
    `${tasks.length} tasks, ${keys.length} keys from runs: ${problems.length || 'no'} problems found.`,
  )
  return problems.length > 0 ? 1 : 0
}

/** Writes the keys of a lesson, or removes the file when there are none. */
async function save(folder: string, keys: StoredKeys): Promise<void> {
  const file = keysFileOf(join(folder, 'practice.yaml'))
  if (Object.keys(keys).length === 0) return rm(file, { force: true })
  const options = { ...(await resolveConfig(file)), filepath: file }
  await writeFile(file, await format(JSON.stringify(keys), options))
}
