import type { QuizChoice, QuizView } from '#contract/practice.ts'
import { isRecord } from '../../stores/stored.ts'
import { NOTE_MARK, type GiftNote } from './gift.ts'
import { parseGift, type GiftFault, type GiftQuestion } from './gift-syntax.ts'
import { escaped } from './plain-html.ts'

/** A quiz from a GIFT file, with the lesson it belongs to, if the file says so. */
export interface GiftQuiz {
  slug: string | null
  quiz: QuizView
}

/** Reads a GIFT file: Viva's own gives the same quizzes again, any other one a quiz for each question. */
export function readGift(text: string): { quizzes: GiftQuiz[]; faults: GiftFault[] } {
  const { questions, faults } = parseGift(text)
  const quizzes = new Map<string, GiftQuiz>()
  for (const [index, question] of questions.entries()) {
    const note = noteOf(question)
    const key = note === null ? `question-${index + 1}` : `${note.slug}/${note.quiz}`
    const before = quizzes.get(key)
    quizzes.set(key, note === null ? foreignQuiz(question, key) : withPart(before, question, note))
  }
  return { quizzes: [...quizzes.values()], faults }
}

function noteOf({ comments }: GiftQuestion): GiftNote | null {
  const comment = comments.find((each) => each.startsWith(NOTE_MARK))
  if (comment === undefined) return null
  try {
    const note: unknown = JSON.parse(comment.slice(NOTE_MARK.length))
    const isNote =
      isRecord(note) && [note.slug, note.quiz, note.kind].every((each) => typeof each === 'string')
    return isNote ? (note as unknown as GiftNote) : null
  } catch {
    return null
  }
}

/** Adds one question of the file to the quiz that it is a part of. */
function withPart(before: GiftQuiz | undefined, question: GiftQuestion, note: GiftNote): GiftQuiz {
  const { text, answers, general } = question
  const codeEnd = note.ask + (note.code ?? 0)
  const quiz: QuizView = before?.quiz ?? {
    ...{ id: note.quiz, kind: note.kind, ask: text.slice(0, note.ask) },
    ...{ code: note.code === null ? null : text.slice(note.ask, codeEnd), choices: [], order: null },
    why: general,
  }
  if (note.order !== undefined) {
    const order = { cards: answers.map(({ match }) => match ?? ''), ...note.order }
    return { slug: note.slug, quiz: { ...quiz, order } }
  }
  const choice = choiceOf(text.slice(codeEnd), question, (answer) => answer, note.misconceptions)
  return { slug: note.slug, quiz: { ...quiz, choices: [...quiz.choices, choice] } }
}

/** A question of another program. Pairs become one choice each, among all that they are matched with. */
function foreignQuiz(question: GiftQuestion, id: string): GiftQuiz {
  const { answers, format, general } = question
  const html = (text: string): string => (format === 'html' ? text : escaped(text))
  const matches = [...new Set(answers.flatMap(({ match }) => match ?? []))]
  const pairs = answers.map(({ text, match }): QuizChoice => ({
    ask: html(text),
    options: matches.map((says) => ({ says: html(says), feedback: null, misconception: null })),
    right: matches.indexOf(match ?? ''),
  }))
  const choices = matches.length > 0 ? pairs : [choiceOf('', question, html)]
  const kind = answers.length === 2 && answers[0]?.text === 'True' ? 'mistake' : 'predict'
  const quiz: QuizView = {
    id,
    kind,
    ask: html(question.text),
    code: null,
    choices,
    order: null,
    why: html(general),
  }
  return { slug: null, quiz }
}

function choiceOf(
  ask: string,
  { answers }: GiftQuestion,
  html: (text: string) => string,
  misconceptions: readonly (string | null)[] = [],
): QuizChoice {
  const options = answers.map(({ text, feedback }, index) => ({
    says: html(text),
    feedback: feedback === null ? null : html(feedback),
    misconception: misconceptions[index] ?? null,
  }))
  return { ask, options, right: answers.findIndex(({ isRight }) => isRight) }
}
