import type { ReportMark, ReportQuestion } from '#contract/interview/report.ts'

/** A key point with the interviewers who ticked it. */
export interface PointOutcome {
  text: string
  /** Ids of interviewers. */
  by: string[]
  differs: boolean
}

/** Whether an interviewer has judged a question: then a missing tick means that the key point wasn't mentioned. */
export function isJudged({ score, ticks }: ReportMark): boolean {
  return score !== null || ticks.length > 0
}

/** The key points of a question with who ticked them; none where no one has judged the question. */
export function keyPointsOf({ keyPoints, marks, differ }: ReportQuestion): PointOutcome[] {
  if (!marks.some(isJudged)) return []
  return keyPoints.map((text, index) => ({
    text,
    by: marks.filter(({ ticks }) => ticks.includes(index)).map(({ interviewer }) => interviewer),
    differs: differ.keyPoints.includes(index),
  }))
}

/** How many key points were ticked: `3 of 7`, and with several interviewers by each of them: `3 of 7 (Ada 2, Grace 1)`. */
export function tickedCount(question: ReportQuestion, names: ReadonlyMap<string, string>): string {
  const judged = question.marks.filter(isJudged)
  if (judged.length === 0 || question.keyPoints.length === 0) return '–'
  const ticked = keyPointsOf(question).filter(({ by }) => by.length > 0)
  const total = `${ticked.length} of ${question.keyPoints.length}`
  if (question.marks.length < 2) return total
  const counts = judged.map(({ interviewer, ticks }) => `${names.get(interviewer)} ${ticks.length}`)
  return `${total} (${counts.join(', ')})`
}
