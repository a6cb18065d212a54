import { readdir } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import type { Deck } from '#contract/lesson.ts'
import { ContentError, type Fault } from './fault.ts'
import { readLessonFolder, type ReadLesson } from './lesson-folder.ts'
import { linkFaults } from './link-faults.ts'
import { numbersTwice } from './numbers.ts'
import { misconceptionsTwice, practiceFaults } from './practice/faults.ts'
import { practiceKeys } from './practice/keys.ts'
import { mistakesIn, predictionFaults, withMistakes } from './practice/mistakes.ts'
import { handlersIn } from './predictions.ts'
import { explainedTwice, knownNames, referenceFaults } from './references.ts'
import { termsTwice } from './terms.ts'
import { readRegions } from './regions.ts'

/** A deck, with the lines of its files. */
export interface ReadDeck {
  deck: Deck
  /** In the order of the deck. */
  lessons: ReadLesson[]
  /** What an author should look at, though the deck can be built as it is. */
  warnings: Fault[]
}

/** The deck alone: see `readDeck`. */
export async function loadDeck(...args: Parameters<typeof readDeck>): Promise<Deck> {
  return (await readDeck(...args)).deck
}

/**
 * Reads a deck, one folder per lesson in order of name. Each is checked against the contract, the twins' regions and the other lessons.
 * @param folder the deck, such as `content/lessons` or what `CONTENT_DIR` names
 * @param root the project's folder, which has the twins
 * @param options `withoutRuns`: leaves out the keys of quizzes that `npm run practice` has to find
 * @throws ContentError with every fault found: file, line, cause and the nearest right name
 */
export async function readDeck(
  folder: string,
  root: string = process.cwd(),
  { withoutRuns = false } = {},
): Promise<ReadDeck> {
  const regions = await readRegions(root)
  const path = resolve(root, folder)
  const names = await lessonNames(path, relative(root, path))
  const faults: Fault[] = []
  const read = await Promise.all(names.map((name) => readLessonFolder(root, join(path, name), faults)))
  const known = knownNames(regions, names)
  const lessons = read.filter((lesson) => lesson !== null)
  const misconceptions = new Set(
    lessons.flatMap(({ practice }) => practice.content.misconceptions.map(({ id }) => id)),
  )
  const keyed = lessons.map((lesson) => ({ ...lesson, ...practiceKeys(lesson, { withoutRuns }) }))
  const mistakes = mistakesIn(lessons)
  const inBoth = [...known.regions].map((name) => [name, { python: regions.python.get(name)! }] as const)
  faults.push(
    ...predictionFaults(lessons, mistakes, handlersIn(new Map(inBoth))),
    ...lessons.flatMap((lesson) => referenceFaults(lesson, known)),
    ...numbersTwice(lessons),
    ...linkFaults(lessons),
    ...explainedTwice(lessons),
    ...termsTwice(lessons),
    ...lessons.flatMap((lesson) => practiceFaults(lesson, known, misconceptions)),
    ...misconceptionsTwice(lessons),
    ...keyed.flatMap((lesson) => lesson.faults),
  )
  const inOrder = faults.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
  if (faults.some(({ isWarning }) => !isWarning)) throw new ContentError(inOrder)
  const deck = keyed.map(({ lesson, keys }) =>
    withMistakes({ ...lesson, practice: { ...lesson.practice, keys } }, mistakes),
  )
  return { deck, lessons, warnings: inOrder }
}

async function lessonNames(path: string, relativePath: string): Promise<string[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true })
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
    if (names.length > 0) return names.sort()
  } catch {
    throw new ContentError([{ file: relativePath, line: 1, cause: 'this folder of lessons does not exist' }])
  }
  throw new ContentError([
    {
      file: relativePath,
      line: 1,
      cause: 'this folder has no lessons: each is a folder such as "06-authentication"',
    },
  ])
}
