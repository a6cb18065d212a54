import type { Report, ReportQuestion } from '#contract/interview/report.ts'
import { quoteLines } from '../evidence/quote-texts.ts'
import { recommendationWord } from '../texts/wording.ts'
import { keyPointsOf, type PointOutcome } from './key-points.ts'
import { bugText } from './bug-lines.ts'
import { taskText } from './task-lines.ts'
import type { PrintedText } from './printed-lines.ts'

/** Letters of a line in a column of the evidence sheet. */
const COLUMN_WIDTH = 60

/** What is printed below the heading of a question, for the number of lines that it takes. */
export function textsOf(question: ReportQuestion): PrintedText[] {
  const texts = [
    ...question.marks.map(({ notes }) => `Name 4 ${notes}`),
    [...pointsOf(question, true), ...pointsOf(question, false)]
      .map(({ text, evidence }) => `✓ ${text} (Name)${evidence}`)
      .join('\n'),
    requestsOf(question),
    answerOf(question),
  ]
  return texts.map((text) => ({ text, width: COLUMN_WIDTH }))
}

/** The key points that at least one interviewer ticked, or those that no one did although the question was judged. */
export function pointsOf(question: ReportQuestion, ticked: boolean): (PointOutcome & { evidence: string })[] {
  return keyPointsOf(question)
    .filter(({ by }) => by.length > 0 === ticked)
    .map((point) => ({ ...point, evidence: evidenceFor(question, point.text) }))
}

/** What is printed on the interview as a whole: recommendations with their reasons, then overall notes. */
export function overallTextsOf(
  { recommendations, notes }: Report,
  names: ReadonlyMap<string, string>,
): { title: string; text: string }[] {
  return [
    ...recommendations.map(({ interviewer, recommendation, strengths, concerns }) => ({
      title: `${names.get(interviewer)}: ${recommendationWord(recommendation)}`,
      text: [strengths && `Strengths: ${strengths}`, concerns && `Concerns: ${concerns}`]
        .filter((line) => line !== '')
        .join('\n'),
    })),
    ...notes.map(({ interviewer, text }) => ({ title: `${names.get(interviewer)}: overall notes`, text })),
  ]
}

/** The quotes for a key point, as they follow it on paper. */
function evidenceFor(question: ReportQuestion, keyPoint: string): string {
  const index = question.keyPoints.indexOf(keyPoint)
  return question.marks
    .flatMap((mark) => quoteLines(mark, question, 'key-point', index))
    .map((line) => ` ${line}`)
    .join('')
}

/** What came of a question's task or bug, and its recorded requests on one line. */
export function requestsOf(question: ReportQuestion): string {
  const requests = question.requests.map(({ method, path, status }) => `${method} ${path} ${status}`)
  return [taskText(question), bugText(question), requests.join(', ')].filter((text) => text !== '').join('\n')
}

/** The answer in time, or a sentence if there is none. */
export function answerOf({ answer }: ReportQuestion): string {
  return answer || 'Nothing was written.'
}

/** What a reader of the scores has to know, beside the heading of a question. */
export function remarksOn({ revealedAt, withLate, differ, notAssessed }: ReportQuestion): string {
  const remarks = [
    notAssessed && 'not assessed',
    revealedAt !== null && 'the model answer was shown',
    withLate !== null && 'late text is not printed here',
    differ.scores !== null && 'scores differ',
  ]
  return remarks.filter((remark) => remark !== false).join(', ')
}
