import { ContentError, type Fault } from './fault.ts'
import type { ReadLesson } from './lesson-folder.ts'
import { readDeck, type ReadDeck } from './load.ts'
import { misconceptionsTwice } from './practice/faults.ts'
import { namesTwice } from './names-twice.ts'

/**
 * Reads decks that are shown side by side. Each must be right by itself; names of lessons and ids of misconceptions, which appear in
 * addresses and in what is stored, must differ in all of them.
 * @param folders of the decks; the first one names the site
 * @param root the project's folder, which has the twins
 * @throws ContentError with the faults of all decks
 */
export async function readDecks(folders: readonly string[], root: string): Promise<ReadDeck[]> {
  const results = await Promise.allSettled(folders.map((folder) => readDeck(folder, root)))
  const faults: Fault[] = results.flatMap((result) => {
    if (result.status === 'fulfilled') return []
    if (!(result.reason instanceof ContentError)) throw result.reason
    return result.reason.faults
  })
  const decks = results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []))
  const lessons = decks.flatMap((deck): ReadLesson[] => deck.lessons)
  faults.push(...namesTwice(lessons), ...misconceptionsTwice(lessons))
  if (faults.some(({ isWarning }) => !isWarning)) throw new ContentError(faults)
  return decks
}
