import { join, resolve } from 'node:path'
import type { DeckInfo } from '#contract/deck.ts'
import type { Deck } from '#contract/lesson.ts'
import { bugFaults } from './bugs/faults.ts'
import { readProjectFiles } from './bugs/project-files.ts'
import { deckInfo, readDeckFile, type ReadDeckFile } from './deck-file.ts'
import { ContentError, type Fault } from './fault.ts'
import { fileName } from './file-name.ts'
import { readLessonFolder, type ReadLesson } from './lesson-folder.ts'
import { lessonPlaces, type LessonPlace } from './lesson-names.ts'
import { linkFaults } from './link-faults.ts'
import { numbersTwice } from './numbers.ts'
import { namesTwice } from './names-twice.ts'
import { misconceptionsTwice, practiceFaults } from './practice/faults.ts'
import { practiceKeys } from './practice/keys.ts'
import { mistakesIn, predictionFaults, withMistakes } from './practice/mistakes.ts'
import { handlersIn } from './predictions.ts'
import { explainedTwice, knownNames, referenceFaults } from './references.ts'
import { termsTwice } from './terms.ts'
import { readRegions } from './regions.ts'

/** A deck, with the lines of its files. */
export interface ReadDeck {
  info: DeckInfo
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
 * Reads a deck, one folder per lesson in order of name or as `deck.yaml` lists them. Each is checked against the contract, the twins' regions and the other lessons.
 * @param folder the deck, such as `content/lessons` or what `CONTENT_DIR` names
 * @param root the project's folder, which has the twins
 * @param options `withoutRuns`: leaves out the keys of quizzes that `npm run practice` has to find, and doesn't ask for the symptoms of bugs
 * @throws ContentError with every fault found: file, line, cause and the nearest right name
 */
export async function readDeck(
  folder: string,
  root: string = process.cwd(),
  { withoutRuns = false } = {},
): Promise<ReadDeck> {
  const regions = await readRegions(root)
  const path = resolve(root, folder)
  const faults: Fault[] = []
  const deckFile = await readDeckFile(path, root, faults)
  if (deckFile === null) throw new ContentError(faults)
  const places = await placesIn(path, fileName(root, path) || '.', deckFile, faults)
  const folders = await Promise.all(
    places.map(async (place) => {
      // Each lesson has a list of its own: it is left out when there is a fault on it.
      const found: Fault[] = []
      return { lesson: await readLessonFolder(root, join(path, place.folder), place, found), found }
    }),
  )
  faults.push(...folders.flatMap(({ found }) => found))
  const lessons = folders.flatMap(({ lesson }) => lesson ?? [])
  const known = knownNames(regions, places)
  const misconceptions = new Set(
    lessons.flatMap(({ practice }) => practice.content.misconceptions.map(({ id }) => id)),
  )
  const keyed = lessons.map((lesson) => ({ ...lesson, ...practiceKeys(lesson, { withoutRuns }) }))
  const mistakes = mistakesIn(lessons)
  const project = await readProjectFiles(root)
  const inBoth = [...known.regions].map((name) => [name, { python: regions.python.get(name)! }] as const)
  faults.push(
    ...predictionFaults(lessons, mistakes, handlersIn(new Map(inBoth))),
    ...lessons.flatMap((lesson) => referenceFaults(lesson, known)),
    ...namesTwice(lessons),
    ...numbersTwice(lessons),
    ...linkFaults(lessons),
    ...explainedTwice(lessons),
    ...termsTwice(lessons),
    ...lessons.flatMap((lesson) => practiceFaults(lesson, known, misconceptions)),
    ...misconceptionsTwice(lessons),
    ...lessons.flatMap((lesson) => bugFaults(lesson, { known, misconceptions, project, withoutRuns })),
    ...keyed.flatMap((lesson) => lesson.faults),
  )
  const inOrder = faults.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
  if (faults.some(({ isWarning }) => !isWarning)) throw new ContentError(inOrder)
  const deck = keyed.map(({ lesson, keys }) =>
    withMistakes({ ...lesson, practice: { ...lesson.practice, keys } }, mistakes),
  )
  return { info: deckInfo(deckFile.value), deck, lessons, warnings: inOrder }
}

async function placesIn(
  path: string,
  relativePath: string,
  deckFile: ReadDeckFile,
  faults: Fault[],
): Promise<LessonPlace[]> {
  const fault = (cause: string): ContentError => new ContentError([{ file: relativePath, line: 1, cause }])
  const places = await lessonPlaces(path, deckFile, faults).catch(() => {
    throw fault('this folder of lessons does not exist')
  })
  if (places.length > 0 || faults.length > 0) return places
  throw fault(
    'this folder has no lessons: each is a folder such as "06-authentication" with lesson.md and steps.yaml',
  )
}
