import { LEVEL_NAMES, type Level } from '#contract/level.ts'
import { listed } from '../texts/wording.ts'
import { levelsOf } from './selection.ts'
import { minutesInWords, type SetSize } from '../question/set-size.ts'

/** A title for a set that was given none: `Starter and junior, 42 minutes`. Empty for an empty set. */
export function proposedTitle(questions: readonly { level: Level }[], size: SetSize): string {
  if (questions.length === 0) return ''
  const [first, ...others] = levelsOf(questions).map(({ level }) => LEVEL_NAMES[level])
  return `${listed([first ?? '', ...others.map((name) => name.toLowerCase())])}, ${minutesInWords(size)}`
}

/** What a suggestion consists of: `5 questions, 42 of 45 minutes: 2 starter, 3 junior.` */
export function suggestionInWords(
  questions: readonly { level: Level; minutes: number }[],
  { minutes, own }: { minutes: number; own: readonly { minutes: number }[] },
): string {
  const all = [...questions, ...own]
  const used = all.reduce((sum, question) => sum + question.minutes, 0)
  const parts = levelsOf(questions).map(({ level, count }) => `${count} ${LEVEL_NAMES[level].toLowerCase()}`)
  if (own.length > 0) parts.push(`${own.length} of your own`)
  const count = `${all.length} question${all.length === 1 ? '' : 's'}`
  return `${count}, ${used} of ${minutes} minutes: ${parts.join(', ')}.`
}
