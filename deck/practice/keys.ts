import { match } from '#contract/match.ts'
import type { MistakeQuiz, Practice, Quiz, QuizKey, SpotQuiz, StillTrueQuiz } from '#contract/practice.ts'
import type { z } from 'zod'
import { answerSentences } from '../answer-sentences.ts'
import { didYouMean, type Fault } from '../fault.ts'
import type { ReadLesson } from '../lesson-folder.ts'
import { claimsOf } from '#contract/lesson.ts'
import { plainText } from '../prose.ts'
import { SAVE_KEYS, type StoredKeys } from './read.ts'
import { digestOf, isRunQuiz } from './requests.ts'

/** The two options of a sentence and of a statement, in the order in which a page shows them. */
export const STILL_TRUE = ['Still true', 'No longer'] as const
export const TRUE_OR_MISTAKE = ['True', 'A common mistake'] as const

/** Why a quiz has no key, and the part of it that is to blame. */
interface NoKey {
  path: readonly PropertyKey[]
  cause: string
}

/**
 * The keys of a lesson's quizzes. No author writes one: a spot quiz has it from what its code printed, a sentence from its status, a
 * statement from where the lesson has it, the other two from a run.
 * @param options `withoutRuns`: leaves out keys that a run has to find, so that it can be made
 */
export function practiceKeys(
  read: ReadLesson,
  { withoutRuns }: { withoutRuns: boolean },
): { keys: Practice['keys']; faults: Fault[] } {
  const { file, content, lineOf, storedKeys, keysFile } = read.practice
  const keys: Record<string, QuizKey> = {}
  const faults: Fault[] = []
  content.quizzes.forEach((quiz, index) => {
    if (isRunQuiz(quiz) && (withoutRuns || storedKeys === null)) return
    const found = keyOf(quiz, read)
    const wrong = 'cause' in found ? [found] : feedbackFaults(quiz, found.key)
    for (const { path, cause } of wrong)
      faults.push({ file, line: lineOf(['quizzes', index, ...path]), cause })
    if ('key' in found) keys[quiz.id] = found.key
  })
  if (!withoutRuns) {
    const causes = storedKeys === null ? [BROKEN] : leftKeys(content.quizzes, storedKeys)
    faults.push(...causes.map((cause) => ({ file: keysFile, line: 1, cause })))
  }
  return { keys, faults }
}

const BROKEN = `is not as it was written; ${SAVE_KEYS} writes it again`

/** Keys of quizzes that were removed, or that need no run. */
function leftKeys(quizzes: readonly Quiz[], keys: StoredKeys): string[] {
  const needed = quizzes.filter(isRunQuiz).map(({ id }) => id)
  return Object.keys(keys)
    .filter((id) => !needed.includes(id))
    .map((id) => `has a key for "${id}", which no quiz needs: ${SAVE_KEYS}`)
}

function keyOf(quiz: Quiz, read: ReadLesson): { key: QuizKey } | NoKey {
  if (quiz.kind === 'spot') return spotKey(quiz, read)
  if (quiz.kind === 'still-true') return stillTrueKey(quiz, read)
  if (quiz.kind === 'mistake') return mistakeKey(quiz, read)
  const stored = read.practice.storedKeys?.[quiz.id]
  if (stored === undefined) return { path: ['id'], cause: `"${quiz.id}" has no key yet: ${SAVE_KEYS}` }
  if (stored.digest === digestOf(quiz, read.lesson.steps)) return { key: stored.key }
  return { path: ['id'], cause: `the key of "${quiz.id}" was found for another definition: ${SAVE_KEYS}` }
}

function spotKey(quiz: z.infer<typeof SpotQuiz>, { practice }: ReadLesson): { key: QuizKey } | NoKey {
  const snippet = (id: string) => practice.snippets.find((each) => each.id === id)
  const code = snippet(quiz.code)
  if (code === undefined) {
    const ids = practice.snippets.map(({ id }) => id)
    return { path: ['code'], cause: `no practice/${quiz.code}.py${didYouMean(quiz.code, ids)}` }
  }
  const printed = code.output.trimEnd()
  const holding = quiz.options.flatMap((option, index) =>
    match('output', printed, option.printed).every(({ ok }) => ok) ? [index] : [],
  )
  if (holding.length !== 1) {
    const which = holding.length === 0 ? 'no option fits' : `options ${holding.join(' and ')} fit`
    return { path: ['options'], cause: `${which} what ${quiz.code}.py printed; exactly one has to` }
  }
  if (quiz.lines === undefined) return { key: holding }
  const mended = snippet(`${quiz.code}-mended`)
  if (mended === undefined)
    return { path: ['lines'], cause: `needs practice/${quiz.code}-mended.py, which says which line it is` }
  if (mended.output === code.output)
    return { path: ['lines'], cause: `${quiz.code}-mended.py prints the same, so it mends nothing` }
  return lineKey(quiz.lines, code.code, mended.code, holding)
}

function lineKey(
  candidates: readonly { code: string }[],
  code: string,
  mended: string,
  option: readonly number[],
): { key: QuizKey } | NoKey {
  const lines = code.split('\n')
  const kept = new Set(mended.split('\n').map((line) => line.trimEnd()))
  const changed: number[] = []
  for (const [index, candidate] of candidates.entries()) {
    const found = lines.filter((line) => line.trim() === candidate.code.trim())
    const path = ['lines', index, 'code']
    if (found.length === 0) {
      const near = didYouMean(
        candidate.code,
        lines.map((line) => line.trim()).filter((line) => line !== ''),
      )
      return { path, cause: `the code has no line "${candidate.code}"${near}` }
    }
    if (found.length > 1)
      return { path, cause: `the code has the line "${candidate.code}" ${found.length} times` }
    if (!kept.has(found[0]?.trimEnd() ?? '')) changed.push(index)
  }
  if (changed.length === 1) return { key: [...option, ...changed] }
  const which = changed.length === 0 ? 'none of them' : `${changed.length} of them`
  return { path: ['lines'], cause: `the mended code changes ${which}; exactly one has to be changed` }
}

function stillTrueKey(
  { sentence }: z.infer<typeof StillTrueQuiz>,
  { lesson }: ReadLesson,
): { key: QuizKey } | NoKey {
  const sentences = answerSentences(lesson)
  const found = sentences.find(({ text }) => text === plainText(sentence))
  const path = ['sentence']
  if (found === undefined) {
    const near = didYouMean(
      sentence,
      sentences.map(({ text }) => text),
    )
    return {
      path,
      cause: `the answer has no sentence "${sentence}"${near}; copy a whole one`,
    }
  }
  if (found.statuses.includes('dated')) return { key: [1] }
  if (found.statuses.includes('shown')) return { key: [0] }
  return { path, cause: `nothing shows whether "${sentence}" is still true, so it has no key` }
}

function mistakeKey(
  { basis }: z.infer<typeof MistakeQuiz>,
  { lesson }: ReadLesson,
): { key: QuizKey } | NoKey {
  const [[kind, name]] = Object.entries(basis) as [[string, string]]
  const known: Record<string, { what: string; names: string[] }> = {
    mistake: {
      what: 'common mistake',
      names: lesson.commonMistakes.map(({ heading }) => plainText(heading)),
    },
    keyPoint: { what: 'key point', names: lesson.keyPoints.map(plainText) },
    claim: { what: 'claim', names: claimsOf(lesson).map(({ claim }) => claim.id) },
    fact: { what: 'fact', names: lesson.facts.map(({ id }) => id) },
  }
  const { what = '', names = [] } = known[kind] ?? {}
  if (names.includes(plainText(name))) return { key: [kind === 'mistake' ? 1 : 0] }
  return { path: ['basis', kind], cause: `no ${what} "${name}" in this lesson${didYouMean(name, names)}` }
}

/** Every wrong option names its confusion, and the right one has none: otherwise the author took another one for right. */
function feedbackFaults(quiz: Quiz, key: QuizKey): NoKey[] {
  const lists =
    quiz.kind === 'spot' ? [quiz.options, quiz.lines ?? []] : quiz.kind === 'predict' ? [quiz.options] : []
  return lists.flatMap((options, list) =>
    options.flatMap(({ feedback, misconception }, index): NoKey[] => {
      const path = [list === 0 ? 'options' : 'lines', index]
      const isRight = key[list] === index
      if (!isRight && feedback === undefined)
        return [{ path, cause: 'this option is wrong, and needs feedback that names the confusion' }]
      if (isRight && (feedback ?? misconception) !== undefined)
        return [{ path, cause: 'this option is the right one, so it has no feedback and no misconception' }]
      return []
    }),
  )
}
