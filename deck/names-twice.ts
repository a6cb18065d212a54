import { dirname } from 'node:path'
import type { Fault } from './fault.ts'
import type { ReadLesson } from './lesson-folder.ts'

/** Lessons that have a name, or the key under which things are stored, in common. */
export function namesTwice(lessons: readonly ReadLesson[]): Fault[] {
  return lessons.flatMap(({ lesson, proseFile, frontLine }, index) => {
    const before = lessons.slice(0, index)
    const named = before.find((other) => other.lesson.name === lesson.name)
    const keyed = before.find((other) => other.lesson.slug === lesson.slug)
    const cause = named
      ? `${dirname(named.proseFile)} has the name "${lesson.name}", too; rename one of the two folders`
      : `${keyed?.proseFile} has the key "${lesson.slug}", too; each lesson has its own`
    const line = named ? 1 : frontLine(['key'])
    return (named ?? keyed) ? [{ file: named ? dirname(proseFile) : proseFile, line, cause }] : []
  })
}
