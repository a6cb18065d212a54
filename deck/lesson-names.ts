import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { lessonName } from '#contract/addresses.ts'
import type { ReadDeckFile } from './deck-file.ts'
import { didYouMean, type Fault } from './fault.ts'

/** Where a lesson is and what it is called. */
export interface LessonPlace {
  /** Name of its folder, such as `06-authentication`. */
  folder: string
  /** The folder's name without the number. */
  name: string
  /** That of the folder; its position from 1 where `deck.yaml` lists lessons or a folder has none. */
  number: number
}

const NUMBER = /^\d\d-(?=.)/

/**
 * The lessons of a deck in their order. A folder is left out if its name begins with a dot or an underscore, if it holds neither
 * `lesson.md` nor `steps.yaml` and isn't numbered like a lesson, or if `deck.yaml` names it as a draft.
 * @param path the deck's folder
 * @param read its `deck.yaml`
 * @param faults gets links to other folders, and names in `deck.yaml` that no folder has, or that it lists twice
 * @throws when the folder can't be read
 */
export async function lessonPlaces(
  path: string,
  { file, value, lineOf }: ReadDeckFile,
  faults: Fault[],
): Promise<LessonPlace[]> {
  const entries = await readdir(path, { withFileTypes: true })
  for (const { name } of entries.filter((entry) => entry.isSymbolicLink() && isLesson(path, entry.name))) {
    const cause = 'this is a link to another folder; put the lesson itself into the deck'
    faults.push({ file: join(dirname(file), name), line: 1, cause })
  }
  const folders = entries
    .filter((entry) => entry.isDirectory() && isLesson(path, entry.name))
    .map((entry) => entry.name)
    .sort()
  const folderOf = (name: string): string | undefined =>
    folders.find((folder) => folder === name) ?? folders.find((folder) => lessonName(folder) === name)
  const listed = (key: 'lessons' | 'drafts'): string[] =>
    value[key].flatMap((name, index) => {
      const folder = folderOf(name)
      if (folder !== undefined) return [folder]
      const cause = `no lesson "${name}" in this deck${didYouMean(name, folders.map(lessonName))}`
      faults.push({ file, line: lineOf([key, index]), cause })
      return []
    })
  const drafts = new Set(listed('drafts'))
  const order = listed('lessons')
  order.forEach((folder, index) => {
    const isTwice = order.indexOf(folder) < index
    if (!isTwice && !drafts.has(folder)) return
    const cause = isTwice
      ? `"${folder}" is in the list already`
      : `"${folder}" is also among the drafts; remove it from one of the two lists`
    faults.push({ file, line: lineOf(['lessons', index]), cause })
  })
  const shown = [...new Set([...order, ...folders])].filter((folder) => !drafts.has(folder))
  const isNumbered = order.length === 0 && shown.every((folder) => NUMBER.test(folder))
  return shown.map((folder, index) => ({
    ...{ folder, name: lessonName(folder) },
    number: isNumbered ? Number(folder.slice(0, 2)) : index + 1,
  }))
}

function isLesson(path: string, folder: string): boolean {
  if (/^[._]/.test(folder)) return false
  return (
    NUMBER.test(folder) || ['lesson.md', 'steps.yaml'].some((file) => existsSync(join(path, folder, file)))
  )
}
