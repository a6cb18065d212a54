import type { ReportQuestion } from '#contract/interview/report.ts'
import type { PrintedText } from './printed-lines.ts'

/** Letters of a line in a column of the evidence sheet. */
const COLUMN_WIDTH = 60

/** What is printed below the heading of a question, for the number of lines that it takes. */
export function textsOf(question: ReportQuestion): PrintedText[] {
  const texts = [
    ...question.marks.map(({ notes }) => `Name 4 ${notes}`),
    [...pointsOf(question, true), ...pointsOf(question, false)].map((text) => `✓ ${text}`).join('\n'),
    requestsOf(question),
    answerOf(question),
  ]
  return texts.map((text) => ({ text, width: COLUMN_WIDTH }))
}

/** The key points that at least one interviewer ticked, or those that no one did. */
export function pointsOf(question: ReportQuestion, ticked: boolean): string[] {
  return question.keyPoints.filter(
    (_text, index) => question.marks.some(({ ticks }) => ticks.includes(index)) === ticked,
  )
}

/** The recorded requests of a question on one line. */
export function requestsOf({ requests }: ReportQuestion): string {
  return requests.map(({ method, path, status }) => `${method} ${path} ${status}`).join(', ')
}

/** The answer in time, or a sentence if there is none. */
export function answerOf({ answer }: ReportQuestion): string {
  return answer || 'Nothing was written.'
}

/** What a reader of the scores has to know, beside the heading of a question. */
export function remarksOn({ revealedAt, withLate, differ }: ReportQuestion): string {
  const remarks = [
    revealedAt !== null && 'the model answer was shown',
    withLate !== null && 'late text is not printed here',
    differ.scores !== null && 'scores differ',
  ]
  return remarks.filter((remark) => remark !== false).join(', ')
}
