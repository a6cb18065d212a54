import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Lesson } from '#contract/lesson.ts'
import { ContentError, faultText } from '../../deck/fault.ts'
import { loadDeck } from '../../deck/load.ts'
import { readDecks } from '../../deck/read-decks.ts'
import { keysFileOf, SAVE_KEYS, type StoredKeys } from '../../deck/practice/read.ts'
import { buildWorkers } from '../../vite/workers.ts'
import { deckArguments } from '../deck-arguments.ts'
import { serveWithFault } from '../claims-mutate/serve-with-fault.ts'
import { runPractice, type LessonRuns } from './check-practice.ts'

const USAGE =
  'npm run practice -- [folder] [--lesson=NN] [--save]: folder is a deck, NN is the number of a lesson, or several, with commas'

/**
 * Runs every quiz whose key a run finds and every task against the app, and prints what is wrong, in sentences: also where the keys that
 * are kept aren't what a run found.
 * @param args a deck's folder, or those of CONTENT_DIR, or the built-in deck; `--lesson=NN`: only these; `--save`: writes `practice.keys.json` of the lessons that were run
 * @returns the exit code: 0 when all is well, 1 when something is wrong, 2 for arguments that it doesn't know
 */
export async function practice(args: string[]): Promise<number> {
  const called = deckArguments(args, /^--(save|lesson=\d+(,\d+)*)$/)
  if (called === null) {
    console.error(USAGE)
    return 2
  }
  const { folders } = called
  const numbers = called.valueOf('lesson')?.split(',').map(Number)
  const decks = await Promise.all(
    folders.map((folder) => loadDeck(folder, process.cwd(), { withoutRuns: true })),
  )
  const deckOf = new Map(
    decks.flatMap((deck, index) => deck.map((lesson) => [lesson, folders[index] ?? ''] as const)),
  )
  const lessons = [...deckOf.keys()].filter(({ number }) => numbers?.includes(number) ?? true)
  if (lessons.length === 0) {
    console.error(USAGE)
    return 2
  }
  await buildWorkers()
  const app = await serveWithFault(null)
  const runs: LessonRuns[] = []
  try {
    // One after another: bursts of two lessons would share the threads of the process.
    for (const lesson of lessons) runs.push(await runPractice(app.origin, lesson))
  } finally {
    await app.close()
  }
  const problems = runs.flatMap((run) => run.problems)
  for (const { lesson, keys } of runs) {
    const file = keysFileOf(join(resolve(deckOf.get(lesson) ?? '', lesson.folder), 'practice.yaml'))
    const text = await keysText(file, keys)
    if (text === (await readFile(file, 'utf8').catch(() => null))) continue
    if (called.has('save')) await (text === null ? rm(file) : writeFile(file, text))
    else problems.push(`${lesson.folder}: practice.keys.json isn't what this run found: ${SAVE_KEYS}`)
  }
  if (called.has('save')) problems.push(...(await faultsIn(folders, lessons)))
  for (const problem of problems) console.error(problem)
  const tasks = lessons.flatMap((lesson) => lesson.practice.tasks)
  const keys = runs.flatMap((run) => Object.keys(run.keys))
  console.log(
    `${countOf(tasks.length, 'task')}, ${countOf(keys.length, 'key')} from runs: ${countOf(problems.length, 'problem')} found.`,
  )
  return problems.length > 0 ? 1 : 0
}

function countOf(count: number, what: string): string {
  return `${count || 'no'} ${what}${count === 1 ? '' : 's'}`
}

/** What the loader finds wrong in these lessons now that their keys are known, such as a right option with feedback. */
async function faultsIn(folders: readonly string[], lessons: readonly Lesson[]): Promise<string[]> {
  const error: unknown = await readDecks(folders, process.cwd()).catch((thrown: unknown) => thrown)
  if (Array.isArray(error)) return []
  if (!(error instanceof ContentError)) throw error
  return error.faults
    .filter(({ file }) => lessons.some((lesson) => file.includes(lesson.folder)))
    .map(faultText)
}

/** The content of a file of keys, or null when there are none. */
async function keysText(file: string, keys: StoredKeys): Promise<string | null> {
  if (Object.keys(keys).length === 0) return null
  return format(JSON.stringify(keys), { ...(await resolveConfig(file)), filepath: file })
}
