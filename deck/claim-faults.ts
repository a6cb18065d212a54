import { closest, distance } from 'fastest-levenshtein'
import { claimsOf } from '#contract/lesson.ts'
import { didYouMean, type Fault } from './fault.ts'
import type { ReadLesson } from './lesson-folder.ts'
import { plainText, squeezed } from './prose.ts'
import { storeFaults, type Tables } from './tables.ts'
import { vacuousRules } from './vacuous-rules.ts'

/** Names that a claim may refer to. */
interface ClaimNames {
  steps: ReadonlySet<string>
  tables: Tables
}

/** Claims that name what doesn't exist, or that can't be wrong. */
export function claimFaults(read: ReadLesson, known: ClaimNames): Fault[] {
  const { lesson, stepsFile, stepLine } = read
  const text = lessonText(read)
  const seen = new Set<string>()
  return claimsOf(lesson).flatMap(({ step, claim }) => {
    const path = ['steps', lesson.steps.indexOf(step), 'claims', step.claims.indexOf(claim)]
    const fault = (key: string, cause: string): Fault => ({
      file: stepsFile,
      line: stepLine([...path, key]),
      cause,
    })
    const faults: Fault[] = []
    if (seen.has(claim.id))
      faults.push(
        fault('id', `another claim of this lesson has the id "${claim.id}"; choose a different one`),
      )
    seen.add(claim.id)
    if (!text.includes(squeezed(claim.sentence))) {
      const cause = `the lesson's text has no "${claim.sentence}"; ${nearestWords(text, squeezed(claim.sentence))}`
      faults.push(fault('sentence', cause))
    }
    for (const part of claim.expect.trace ?? []) {
      for (const name of [part.step, part.before, part.within, part.longerThan]) {
        if (name !== undefined && !known.steps.has(name)) {
          faults.push(fault('expect', `no trace step "${name}"${didYouMean(name, known.steps)}`))
        }
      }
    }
    const parts = [...storeFaults(claim.expect.store, known.tables), ...vacuousRules(claim.expect, step)]
    return [
      ...faults,
      ...parts.map(({ path: part, cause }) => ({
        file: stepsFile,
        line: stepLine([...path, 'expect', ...part]),
        cause: `claim "${claim.id}": ${cause}`,
      })),
    ]
  })
}

/** The words that an author probably means. */
function nearestWords(text: string, sentence: string): string {
  const place = withPlainQuotes(text).indexOf(withPlainQuotes(sentence))
  if (place >= 0) {
    const words = text.slice(place, place + sentence.length)
    return `only quotes or apostrophes differ: the text has "${words}"`
  }
  const words = text.split(' ')
  const length = sentence.split(' ').length
  const windows = words.flatMap((_, index) =>
    index + length <= words.length ? [words.slice(index, index + length).join(' ')] : [],
  )
  const nearest = windows.length === 0 ? '' : closest(sentence, windows)
  return nearest !== '' && distance(sentence, nearest) <= sentence.length * 0.4
    ? `the nearest words are "${nearest}"`
    : 'copy the words from it, without markup'
}

/** As long as the text itself. */
function withPlainQuotes(text: string): string {
  return text.replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"')
}

/** The words of the prose that a claim or a fact may show. */
export function lessonText({ lesson }: ReadLesson): string {
  const exchanges = [...lesson.commonMistakes, ...lesson.followUps]
  return [
    lesson.answer,
    lesson.whyItMatters,
    lesson.today,
    ...exchanges.map(({ heading, markdown }) => `${heading}\n\n${markdown}`),
  ]
    .map(plainText)
    .concat(lesson.question)
    .join(' ')
}
