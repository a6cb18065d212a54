import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { ContentError, faultText, type Fault } from '../../deck/fault.ts'
import type { ReadDeck } from '../../deck/load.ts'
import { readDecks } from '../../deck/read-decks.ts'
import { tryDeck } from '../../deck/trial/try-deck.ts'
import { buildWorkers } from '../../vite/workers.ts'
import { serveWithFault } from '../claims-mutate/serve-with-fault.ts'
import { deckArguments } from '../deck-arguments.ts'

const USAGE =
  'npm run content:check -- [folder] [--lesson=NAME] [--read-only]: NAME is the folder of a lesson, or its number'

/** One mistake in a list can be thousands of faults; the first ones say enough. */
const MAX_LINES = 100

const root = resolve(import.meta.dirname, '../..')

/**
 * Reads a deck as the build does, then tries every claim against the app, and prints what is wrong, each with file and line.
 * @param args a folder, or those of CONTENT_DIR, or the built-in deck; `--lesson=NAME`: tries the claims of this one only;
 *   `--read-only`: tries none
 * @returns the exit code: 0 when there is nothing to correct, 1 when there is, 2 for arguments that it doesn't know
 */
export async function contentCheck(args: string[]): Promise<number> {
  const called = deckArguments(args, /^--(read-only|lesson=.+)$/)
  if (called === null) {
    console.error(USAGE)
    return 2
  }
  const name = called.valueOf('lesson')
  const isTried = !called.has('read-only')
  const decks = called.folders.map((folder) => resolve(folder))
  try {
    const read = await readDecks(decks, root)
    if (name !== undefined && isDraft(name, decks, read)) {
      console.log(`${name} is a draft: it isn't shown, and its claims aren't tried.`)
      return 0
    }
    const faults = isTried ? await trialOf(read, name) : []
    report([...read.flatMap(({ warnings }) => warnings), ...faults])
    const isWell = faults.every(({ isWarning }) => isWarning)
    if (isWell)
      console.log(
        `${name === undefined ? '' : `${name}, of `}${summaryOf(read)}: ${isTried ? 'every claim holds' : 'no problems found; no claim was tried'}.`,
      )
    return isWell ? 0 : 1
  } catch (error) {
    if (!(error instanceof ContentError)) throw error
    report(error.faults)
    if (isTried) console.error('The claims are tried as soon as there is nothing else to correct.')
    return 1
  }
}

/** Prints what was found, and how much of it. */
function report(faults: readonly Fault[]): void {
  if (faults.length === 0) return
  const warnings = faults.filter(({ isWarning }) => isWarning).length
  const counts = [countOf(faults.length - warnings, 'problem'), countOf(warnings, 'warning')]
  const shown = faults.slice(0, MAX_LINES).map(faultText)
  if (shown.length < faults.length) shown.push(`… and ${faults.length - shown.length} more`)
  console.error(`${shown.join('\n')}\n\n${counts.filter((text) => !text.startsWith('0 ')).join(', ')}.`)
}

function summaryOf(decks: readonly ReadDeck[]): string {
  const deck = decks.flatMap((each) => each.deck)
  const claims = deck.flatMap((lesson) => lesson.steps.flatMap((step) => step.claims))
  const practice = deck.map((lesson) => lesson.practice)
  return [
    countOf(deck.length, 'lesson'),
    countOf(claims.length, 'claim'),
    countOf(practice.flatMap(({ tasks }) => tasks).length, 'task'),
    countOf(practice.flatMap(({ quizzes }) => quizzes).length, 'quiz', 'quizzes'),
  ].join(', ')
}

function countOf(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** @param name the folder of one lesson, or its number; all when undefined */
async function trialOf(decks: readonly ReadDeck[], name: string | undefined): Promise<Fault[]> {
  const lessons = decks.flatMap((deck) => deck.lessons)
  const wanted = lessons.filter(
    ({ lesson }) =>
      name === undefined || [lesson.folder, lesson.name].includes(name) || lesson.number === Number(name),
  )
  if (wanted.length === 0) throw new ContentError([noLesson(name ?? '', lessons)])
  await buildWorkers()
  const app = await serveWithFault(null)
  // Its data folder is a temporary one, which a process that ends at once would leave behind.
  const stop = (): void => void app.close().finally(() => process.exit(130))
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    return await tryDeck(app.origin, wanted)
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
    await app.close()
  }
}

/** Whether a folder of a deck is left out on purpose. */
function isDraft(folder: string, decks: readonly string[], read: readonly ReadDeck[]): boolean {
  const shown = read.flatMap(({ lessons }) => lessons.map(({ lesson }) => lesson.folder))
  return decks.some((deck) => existsSync(join(deck, folder, 'lesson.md'))) && !shown.includes(folder)
}

function noLesson(name: string, lessons: ReadDeck['lessons']): Fault {
  const folders = lessons.map(({ lesson }) => lesson.folder)
  const file = relative(root, resolve(lessons[0]?.proseFile ?? '', '../..'))
  return { file, line: 1, cause: `no lesson "${name}" here; there are ${folders.join(', ')}` }
}
