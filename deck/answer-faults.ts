import { claimsOf } from '#contract/lesson.ts'
import { answerSentences, overlap } from './answer-sentences.ts'
import { didYouMean, type Fault } from './fault.ts'
import type { ReadLesson } from './lesson-folder.ts'
import { placeIn, plainText } from './prose.ts'

/**
 * Sentences of the original answer without a status or with two, words of `dated` and `notShown` that aren't in it, and evidence for
 * words that the lesson calls wrong.
 */
export function answerFaults(read: ReadLesson): Fault[] {
  return [...statusFaults(read), ...datedFaults(read), ...notShownFaults(read), ...contradictions(read)]
}

function statusFaults({ lesson, proseFile, answerLine }: ReadLesson): Fault[] {
  return answerSentences(lesson).flatMap(({ text, statuses }) => {
    if (statuses.length === 1) return []
    const cause =
      statuses.length === 0
        ? `nothing is said about "${text}": show it with a claim or a fact, name its dated words under "dated", or give the reason under "notShown"`
        : `"${text}" is ${statuses.join(' and ')}; keep one of them`
    return [{ file: proseFile, line: answerLine(text), cause }]
  })
}

function datedFaults({ lesson, proseFile, frontLine }: ReadLesson): Fault[] {
  const answer = plainText(lesson.answer)
  return lesson.dated.flatMap(({ words }, index) =>
    placeIn(answer, words) !== null
      ? []
      : [
          {
            file: proseFile,
            line: frontLine(['dated', index, 'words']),
            cause: `the answer has no "${words}"`,
          },
        ],
  )
}

function notShownFaults({ lesson, proseFile, frontLine }: ReadLesson): Fault[] {
  const sentences = answerSentences({ ...lesson, notShown: [] }).map(({ text }) => text)
  return lesson.notShown.flatMap(({ sentence }, index) =>
    sentences.includes(sentence)
      ? []
      : [
          {
            file: proseFile,
            line: frontLine(['notShown', index, 'sentence']),
            cause: `the answer has no sentence "${sentence}"${didYouMean(sentence, sentences)}`,
          },
        ],
  )
}

/** A claim or a fact never marks dated words or a wrong answer as shown. */
function contradictions({ lesson, stepsFile, stepLine }: ReadLesson): Fault[] {
  const answer = plainText(lesson.answer)
  const items = [...lesson.commonMistakes, ...lesson.followUps].map(({ markdown }) => markdown)
  const text = [answer, ...[lesson.whyItMatters, lesson.today, ...items].map(plainText)].join('\n')
  const mistakes = lesson.commonMistakes.map(({ heading }) => plainText(heading)).join('\n')
  const dated = lesson.dated.flatMap(({ words }) => placeIn(answer, words) ?? [])
  const causeOf = (sentence: string): string | null => {
    const place = placeIn(answer, sentence)
    if (place !== null && dated.some((words) => overlap(words, place)))
      return `"${sentence}" has dated words in it; name only the words that still hold`
    const isMistake = placeIn(text, sentence) === null && placeIn(mistakes, sentence) !== null
    return isMistake ? `"${sentence}" is a wrong answer; name a sentence of its explanation` : null
  }
  return [
    ...claimsOf(lesson).flatMap(({ step, claim }) => {
      const cause = causeOf(claim.sentence)
      const path = ['steps', lesson.steps.indexOf(step), 'claims', step.claims.indexOf(claim), 'sentence']
      return cause === null ? [] : [{ file: stepsFile, line: stepLine(path), cause }]
    }),
    ...lesson.facts.flatMap(({ file, sentence }) => {
      const cause = causeOf(sentence)
      return cause === null ? [] : [{ file, line: 1, cause }]
    }),
  ]
}
