import type { Lesson, Term } from '#contract/lesson.ts'
import type { Fault } from './fault.ts'
import type { ReadLesson } from './lesson-folder.ts'
import { plainText } from './prose.ts'

/** What a term is called in addresses: `n-1` for `N+1`. */
export function termId({ term }: Pick<Term, 'term'>): string {
  return term
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join('-')
}

/**
 * Finds the words of the text that a term is linked to: `where`, or the term itself as a whole word, in capitals or not.
 * @returns undefined where the text doesn't have them
 */
export function placeOfTerm(text: string, { term, where }: Term): number | undefined {
  const words = where ?? term
  const escaped = words.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
  const found = text.search(
    new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, where === undefined ? 'iu' : 'u'),
  )
  return found < 0 ? undefined : found
}

/** Terms whose words the lesson's text doesn't have. */
export function termFaults({ lesson, proseFile, frontLine }: ReadLesson): Fault[] {
  const text = bodiesOf(lesson).map(plainText).join('\n')
  return lesson.terms.flatMap((term, index) =>
    placeOfTerm(text, term) !== undefined
      ? []
      : [
          {
            file: proseFile,
            line: frontLine(['terms', index, term.where === undefined ? 'term' : 'where']),
            cause: `the lesson's text has no "${term.where ?? term.term}"; write the term where its idea is explained`,
          },
        ],
  )
}

/** Terms that stand in the glossary more than once. */
export function termsTwice(lessons: readonly ReadLesson[]): Fault[] {
  const lessonOf = new Map<string, string>()
  return lessons.flatMap(({ lesson, proseFile, frontLine }) =>
    lesson.terms.flatMap((term, index) => {
      const other = lessonOf.get(termId(term))
      lessonOf.set(termId(term), other ?? lesson.folder)
      const cause = `"${term.term}" is already a term of ${other}`
      return other === undefined
        ? []
        : [{ file: proseFile, line: frontLine(['terms', index, 'term']), cause }]
    }),
  )
}

/** The parts of a lesson in which terms are linked to, in their order on the page. */
function bodiesOf(lesson: Lesson): string[] {
  const items = [...lesson.commonMistakes, ...lesson.followUps].map(({ markdown }) => markdown)
  return [lesson.answer, lesson.whyItMatters, lesson.today, ...items]
}
