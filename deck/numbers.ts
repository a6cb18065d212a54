import type { Fault } from './fault.ts'
import type { ReadLesson } from './lesson-folder.ts'

/** Lessons of one deck with the same number: their order would be left to chance, and each page would show it. */
export function numbersTwice(lessons: readonly ReadLesson[]): Fault[] {
  const slugOf = new Map<number, string>()
  return lessons.flatMap(({ lesson: { number, slug }, proseFile }) => {
    const other = slugOf.get(number)
    slugOf.set(number, other ?? slug)
    const cause = `${other} and ${slug} have the same number; rename the folder of one of them`
    return other === undefined ? [] : [{ file: proseFile, line: 1, cause }]
  })
}
