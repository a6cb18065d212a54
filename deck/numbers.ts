import type { Fault } from './fault.ts'
import type { ReadLesson } from './lesson-folder.ts'

/** Lessons of one deck with the same number: their order would be left to chance, and each page would show it. */
export function numbersTwice(lessons: readonly ReadLesson[]): Fault[] {
  const folderOf = new Map<number, string>()
  return lessons.flatMap(({ lesson: { number, folder }, proseFile }) => {
    const other = folderOf.get(number)
    folderOf.set(number, other ?? folder)
    const cause = `${other} and ${folder} have the same number; rename the folder of one of them`
    return other === undefined ? [] : [{ file: proseFile, line: 1, cause }]
  })
}
